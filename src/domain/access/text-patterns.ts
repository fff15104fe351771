import { regexLanguage } from '../language/regex.ts'
import {
  anyOf,
  exactly,
  exactlyIgnoringCase,
  type StringSet,
  startingWith,
  startingWithIgnoringCase,
  type Work,
} from '../language/string-set.ts'

/** How a text of a policy is compared: `*` anything, `x*` a beginning, `*x` an end, and anything else itself. */
export type TextPattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'prefix' | 'suffix' | 'exact'; readonly text: string }

/** A text of a policy as Istio reads it: a star in front comes first. */
export function textPattern(text: string): TextPattern {
  if (text === '*') return { kind: 'any' }
  if (text.startsWith('*')) return { kind: 'suffix', text: text.slice(1) }
  if (text.endsWith('*')) return { kind: 'prefix', text: text.slice(0, -1) }
  return { kind: 'exact', text }
}

/** Whether a path is a template: `{*}` is one segment of it, `{**}` any of them. */
export function isTemplatePath(text: string): boolean {
  return text.includes('{*}') || text.includes('{**}')
}

/** What Envoy lets stand in a segment that a template takes. */
const inSegments = "-a-zA-Z0-9._~%!$&'()+,;:@="
const segment = new RegExp(`^[${inSegments}]+$`)

/** Whether a path has braces that are no template, or a template that Istio cannot read. */
export function isUnreadablePath(text: string): boolean {
  const parts = text.replace(/^\/+|\/+$/g, '').split('/')
  const isTemplate = (each: string) => each === '{*}' || each === '{**}'
  const globs = parts.indexOf('{**}')
  return parts.some(
    (each, at) =>
      (isTemplate(each) ? globs >= 0 && at > globs : /[{}]/.test(each)) ||
      (isTemplatePath(text) && !isTemplate(each) && !segment.test(each)),
  )
}

/** Paths that a template takes, as a regular expression; undefined where it is none that Envoy takes. */
export function templateExpression(text: string): string | undefined {
  const [root, ...segments] = text.split('/')
  const globs = segments.flatMap((each, at) => (each === '{**}' ? at : []))
  const afterGlobs = segments.slice((globs[0] ?? segments.length) + 1)
  const isKnown = (each: string) => each === '{*}' || each === '{**}' || segment.test(each)
  const isEmptyEnd = (each: string, at: number) => each === '' && at === segments.length - 1
  if (root !== '' || !segments.every((each, at) => isKnown(each) || isEmptyEnd(each, at))) return undefined
  if (afterGlobs.some((each) => each.startsWith('{'))) return undefined
  return segments
    .map((each) => {
      if (each === '{*}') return `/[${inSegments}]+`
      return each === '{**}' ? `/[${inSegments}/]*` : `/${each.replace(/[$().+]/g, '\\$&')}`
    })
    .join('')
}

/** The texts that some patterns take; `any` is what `*` takes. */
export function textsOf(patterns: readonly TextPattern[], any: StringSet, work: Work): StringSet {
  const inOneCase = { exact: exactly, prefix: startingWith, spelled: escaped }
  return anyOf(
    patterns.map((pattern) => setOf(pattern, { ...inOneCase, any }, work)),
    work,
  )
}

/** The same in any mixture of ASCII cases, as hosts are compared. */
export function textsInAnyCase(patterns: readonly TextPattern[], any: StringSet, work: Work): StringSet {
  const inAnyCase = { exact: exactlyIgnoringCase, prefix: startingWithIgnoringCase, spelled: inBothCases }
  return anyOf(
    patterns.map((pattern) => setOf(pattern, { ...inAnyCase, any }, work)),
    work,
  )
}

interface Making {
  readonly any: StringSet
  readonly exact: (text: string) => StringSet
  readonly prefix: (text: string) => StringSet
  /** The text as an expression. */
  readonly spelled: (text: string) => string
}

function setOf(pattern: TextPattern, { any, exact, prefix, spelled }: Making, work: Work): StringSet {
  switch (pattern.kind) {
    case 'any':
      return any
    case 'exact':
      return exact(pattern.text)
    case 'prefix':
      return prefix(pattern.text)
    case 'suffix':
      return languageOf(`(?s:.*)${spelled(pattern.text)}`, work)
  }
}

/** Of an expression that is made here. */
export function languageOf(pattern: string, work: Work): StringSet {
  const set = regexLanguage(pattern, work)
  if ('invalid' in set) throw new Error(`An expression of ours is none: ${set.invalid.fault}`)
  return set
}

function escaped(text: string): string {
  return [...text].map((each) => `\\x{${(each.codePointAt(0) ?? 0).toString(16)}}`).join('')
}

function inBothCases(text: string): string {
  return [...text]
    .map((each) => (/[a-zA-Z]/.test(each) ? `[${each.toLowerCase()}${each.toUpperCase()}]` : escaped(each)))
    .join('')
}
