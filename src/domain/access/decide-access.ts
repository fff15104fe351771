import type { AccessRule } from '../manifest/authorization-policy.ts'
import { isUnknownValue } from '../manifest/placeholders/placeholders.ts'
import type { Request } from '../match/request.ts'
import type { AccessPoint } from './access-point.ts'
import type { AccessPolicy } from './access-policy.ts'
import type { AppliedPolicy, DoorAccess } from './applied-policies.ts'
import { portIn } from './attributes.ts'
import type { WrittenValues } from './field-conditions.ts'
import type { Refusal } from './refusal.ts'
import { divided, isKnown } from './taken-at-door.ts'
import { isTemplatePath, templateExpression, textPattern } from './text-patterns.ts'
import { type WrittenCondition, waysThrough } from './written-values.ts'

/** True, false, or not known. */
type Truth = boolean | undefined

/**
 * Whether one request is refused at a door: the definition, request by request, of what the sets of requests work out. The authority has
 * its port, and the path is as it arrives.
 */
export function decideAccess(request: Request, { applied, point }: DoorAccess): Refusal | undefined {
  const judged = (each: AppliedPolicy) => ({ ...each, takes: takes(each.policy, request, point) })
  const [allowing, refusing] = divided(applied).map((some) => some.map(judged))
  const answers = (refusing ?? []).map((each) => ({
    policy: each.policy,
    refuses: both(each.takes, isSurelyThere(each, point)),
  }))
  const sure = answers.filter(({ refuses }) => refuses === true)
  if (sure.length > 0) return refusal('denied', true, sure)
  const left = notAllowed(allowing ?? [])
  if (left === true) return refusal('not-allowed', true, allowing ?? [])
  const perhaps = answers.filter(({ refuses }) => refuses === undefined)
  if (perhaps.length > 0) return refusal('denied', false, perhaps)
  return left === undefined ? refusal('not-allowed', false, allowing ?? []) : undefined
}

function refusal(
  reason: Refusal['reason'],
  isCertain: boolean,
  by: readonly Pick<AppliedPolicy, 'policy'>[],
): Refusal {
  return { isCertain, reason, by: by.map(({ policy }) => policy) }
}

type Judged = AppliedPolicy & { readonly takes: Truth }

function notAllowed(allowing: readonly Judged[]): Truth {
  const isThere = ({ doubts }: Judged): Truth => (doubts.length === 0 ? true : undefined)
  const someThere = allowing.reduce<Truth>((all, each) => either(all, isThere(each)), false)
  const allowed = allowing.reduce<Truth>((all, each) => either(all, both(each.takes, isThere(each))), false)
  return both(someThere, opposite(allowed))
}

/** Whether a policy that refuses surely does what it says. */
function isSurelyThere({ policy, doubts }: AppliedPolicy, { providers }: AccessPoint): Truth {
  const isAsked = policy.action === 'CUSTOM' && isKnown(policy.provider, providers)
  return doubts.length > 0 || policy.isIncomplete || isAsked ? undefined : true
}

function takes({ rules, action, isIncomplete }: AccessPolicy, request: Request, point: AccessPoint): Truth {
  if (isIncomplete) return undefined
  return someOf(rules, (rule) => ruleTakes(rule, action === 'DENY', { request, point }))
}

interface Asked {
  readonly request: Request
  readonly point: AccessPoint
}

function ruleTakes(rule: AccessRule, isLenient: boolean, asked: Asked): Truth {
  const { sources, operations, conditions } = waysThrough(rule)
  const isBroken = [sources.flat(), operations.flat(), conditions].some((each) => each.some(cannotBeBuilt))
  if (isBroken && !isLenient) return false
  const all = (some: readonly WrittenCondition[]): Truth =>
    opposite(someOf(some, (each) => (cannotBeBuilt(each) ? false : opposite(holds(each, asked)))))
  const requested = someOf(operations, all)
  if (requested === false) return false
  return both(both(requested, someOf(sources, all)), all(conditions))
}

/** Whether it is so of one of them; the first that is decides. */
function someOf<T>(some: readonly T[], isSo: (one: T) => Truth): Truth {
  let found: Truth = false
  for (const each of some) {
    const own = isSo(each)
    if (own === true) return true
    if (own === undefined) found = undefined
  }
  return found
}

function cannotBeBuilt(written: WrittenCondition): written is undefined {
  if (written === undefined) return true
  const { attribute, values } = written
  return (
    attribute.of === 'port' &&
    !values.some(isUnknownValue) &&
    values.some((each) => portIn(each) === undefined)
  )
}

function holds(written: WrittenValues, asked: Asked): Truth {
  const own = isListed(written, asked)
  return written.isExcluded ? opposite(own) : own
}

function isListed({ attribute, values }: WrittenValues, { request, point }: Asked): Truth {
  const isFilledIn = values.some(isUnknownValue)
  switch (attribute.of) {
    case 'certificate':
      return point.mayHaveCertificates ? undefined : false
    case 'token':
      return point.mayHaveTokens ? undefined : false
    case 'sni':
      return point.maySpeakTls ? undefined : false
    case 'nothing':
      return undefined
    case 'host':
      return isFilledIn ? undefined : values.some((each) => fits(lower(each), lower(request.authority)))
    case 'method':
      return isFilledIn ? undefined : values.some((each) => fits(each, request.method))
    case 'header':
      return isFilledIn ? undefined : headerListed(attribute.name, values, request)
    case 'path':
      return isFilledIn ? undefined : pathListed(values, request.path.replace(/[?#].*$/s, ''))
    case 'port':
      return isFilledIn ? undefined : portListed(values, point)
  }
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function fits(written: string, value: string): boolean {
  const pattern = textPattern(written)
  switch (pattern.kind) {
    case 'any':
      return true
    case 'exact':
      return value === pattern.text
    case 'prefix':
      return value.startsWith(pattern.text)
    case 'suffix':
      return value.endsWith(pattern.text)
  }
}

function headerListed(name: string, values: readonly string[], request: Request): Truth {
  const pseudo = new Map([
    [':method', request.method],
    [':scheme', request.scheme],
    [':authority', request.authority],
    ['host', request.authority],
  ])
  if (name.startsWith(':') && !pseudo.has(name)) return undefined
  const own = Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const value = pseudo.get(name) ?? own
  return value !== undefined && values.some((each) => fits(each, value))
}

function pathListed(values: readonly string[], path: string): Truth {
  return values.reduce<Truth>((all, each) => {
    if (!isTemplatePath(each)) return either(all, fits(each, path))
    const expression = templateExpression(each)
    return expression === undefined ? undefined : either(all, new RegExp(`^(?:${expression})$`).test(path))
  }, false)
}

function portListed(values: readonly string[], { sockets }: AccessPoint): Truth {
  if (sockets === undefined) return undefined
  const among = sockets.filter((each) => values.some((value) => portIn(value) === each))
  return among.length === 0 ? false : among.length === sockets.length ? true : undefined
}

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false
  return a === undefined || b === undefined ? undefined : true
}

function either(a: Truth, b: Truth): Truth {
  return opposite(both(opposite(a), opposite(b)))
}

function opposite(a: Truth): Truth {
  return a === undefined ? undefined : !a
}
