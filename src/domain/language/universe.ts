import { regexLanguage } from './regex.ts'
import { exactly, type StringSet, union, unmetered } from './string-set.ts'

/** A regular expression that is known to be one; throws where it is none. */
export function language(pattern: string): StringSet {
  const set = regexLanguage(pattern, unmetered)
  if ('invalid' in set) throw new Error(`A universe is not a regular expression: ${set.invalid.fault}`)
  return set
}

const beyondAscii = '\\x{80}-\\x{d7ff}\\x{e000}-\\x{10ffff}'
const visible = `!-~${beyondAscii}`

/** Request paths as they are sent, without query and fragment: `/`, then visible ASCII but `?` and `#`, or anything beyond ASCII. */
export const paths: StringSet = language(`/[!"$->@-~${beyondAscii}]*`)

/** Those that HTTP/1.1 can carry to Envoy. */
export const asciiPaths: StringSet = language('/[!"$->@-~]*')

/** Values of a header after trimming: empty, or without space and tab at both ends, and without other controls. */
export const headerValues: StringSet = language(`(?:[${visible}](?:[\\t ${visible}]*[${visible}])?)?`)

/** Request methods: one or more token characters (RFC 9110, section 5.6.2). */
export const methods: StringSet = language("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+")

/** The two schemes that a proxy sees. */
export const schemes: StringSet = union(exactly('http'), exactly('https'), unmetered)

/** Values of a query parameter as they are sent, not decoded: visible but `&` and `#`, or empty. */
export const queryValues: StringSet = language(`[!"$%'-~${beyondAscii}]*`)

/** Values of a Kubernetes label, of any length. */
export const labelValues: StringSet = language('(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?')

/** Kubernetes namespaces: DNS labels, of any length. */
export const namespaces: StringSet = language('[a-z0-9](?:[-a-z0-9]*[a-z0-9])?')

/** Port numbers, 1 to 65535, as decimal text without leading zeros. */
export const ports: StringSet = language(
  '[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]',
)

/** Host and `:authority` as clients send them, with a port or without. */
export const authorities: StringSet = language('[^\\x00-\\x20\\x7f/?#@]+')
