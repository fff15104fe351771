import { budgets } from '../../../budgets.ts'
import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { documentsIn } from '../../../manifest/layers/written.ts'
import { compareTexts } from '../../../source/compare-texts.ts'
import { stop } from '../../unknown-delivery.ts'
import { normalised } from '../names-of-folders.ts'
import {
  askedFor,
  type GoValue,
  goText,
  innerText,
  isEmpty,
  listOf,
  mapOf,
  plainOf,
  textOf,
  wholeOf,
} from './values.ts'
import { yamlText } from './yaml-text.ts'

type GoFunction = (args: readonly GoValue[]) => GoValue

/** The functions that are followed: those of Go's templates, of sprig and of Argo CD that occur in ApplicationSets. */
export const functions: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ...Object.entries<GoFunction>({
    not: ([value]) => isEmpty(value),
    eq: ([first, ...others]) => others.some((each) => areEqual(first, each)),
    ne: ([first, second]) => !areEqual(first, second),
    lt: ([a, b]) => compared(a, b) < 0,
    le: ([a, b]) => compared(a, b) <= 0,
    gt: ([a, b]) => compared(a, b) > 0,
    ge: ([a, b]) => compared(a, b) >= 0,
    len: ([value]) => BigInt(lengthOf(value)),
    index: ([value, ...steps]) => steps.reduce(stepInto, value),
    print: (args) => args.map((each) => (args.length === 1 ? innerText(each) : textOf(each))).join(''),
    printf: ([format, ...args]) => formatted(textOf(format), args),

    default: ([usual, value]) => (isEmpty(value) ? usual : value),
    empty: ([value]) => isEmpty(value),
    coalesce: (args) => args.find((each) => !isEmpty(each)),
    ternary: ([yes, no, condition]) => (condition === true ? yes : no),
    fail: ([text]) => stop('fails', goText(text)),

    list: (args) => args.map(plainOf),
    first: ([list]) => listOf(list)[0],
    last: ([list]) => listOf(list).at(-1),
    rest: ([list]) => listOf(list).slice(1),
    initial: ([list]) => listOf(list).slice(0, -1),
    reverse: ([list]) => listOf(list).toReversed(),
    uniq: ([list]) => [...new Map(listOf(list).map((each) => [canonicalJson(each), each])).values()],
    compact: ([list]) => listOf(list).filter((each) => !isEmpty(each)),
    concat: (args) => args.flatMap((each) => [...listOf(each)]),
    append: ([list, value]) => [...listOf(list), plainOf(value)],
    has: ([value, list]) =>
      listOf(list).some((each) => canonicalJson(each) === canonicalJson(plainOf(value))),
    sortAlpha: ([list]) => listOf(list).map(shownText).toSorted(compareTexts),
    join: ([between, list]) => listOf(list).map(shownText).join(textOf(between)),
    splitList: ([between, text]) => textOf(text).split(textOf(between)),

    dict: (args) => pairsIn(args),
    get: ([map, key]) => mapOf(map)[textOf(key)] ?? '',
    hasKey: ([map, key]) => Object.hasOwn(mapOf(map), textOf(key)),
    dig: (args) => dug(args),

    lower: ([text]) => textOf(text).toLowerCase(),
    upper: ([text]) => textOf(text).toUpperCase(),
    trim: ([text]) => textOf(text).trim(),
    trimPrefix: ([start, text]) => withoutStart(textOf(text), textOf(start)),
    trimSuffix: ([end, text]) => withoutEnd(textOf(text), textOf(end)),
    replace: ([from, to, text]) => replaced(textOf(text), textOf(from), textOf(to)),
    contains: ([part, text]) => textOf(text).includes(textOf(part)),
    hasPrefix: ([start, text]) => textOf(text).startsWith(textOf(start)),
    hasSuffix: ([end, text]) => textOf(text).endsWith(textOf(end)),
    trunc: ([length, text]) => cut(textOf(text), wholeOf(length)),
    substr: ([start, end, text]) => textOf(text).slice(Math.max(0, wholeOf(start)), endOf(wholeOf(end))),
    quote: (args) =>
      args
        .filter(isThere)
        .map((each) => quotedText(shownText(each)))
        .join(' '),
    squote: (args) =>
      args
        .filter(isThere)
        .map((each) => `'${shownText(each)}'`)
        .join(' '),
    indent: ([size, text]) => indented(textOf(text), wholeOf(size)),
    nindent: ([size, text]) => `\n${indented(textOf(text), wholeOf(size))}`,
    toJson: ([value]) => canonicalJson(plainOf(value)),
    toYaml: ([value]) => yamlText(plainOf(value)),
    fromJson: ([text]) => readText(textOf(text)),
    fromYaml: ([text]) => readText(textOf(text)),
    normalize: ([text]) => normalised(textOf(text)),

    base: ([path]) => textOf(path).replace(/\/+$/, '').split('/').at(-1) || (path === '' ? '.' : '/'),
    dir: ([path]) => folderText(textOf(path)),
    ext: ([path]) => /\.[^./]*$/.exec(textOf(path))?.[0] ?? '',

    int: ([value]) => numberIn(value),
    int64: ([value]) => numberIn(value),
    atoi: ([value]) => numberIn(value),
    add: (args) => args.reduce<bigint>((sum, each) => sum + numberIn(each), 0n),
    add1: ([value]) => numberIn(value) + 1n,
    sub: ([a, b]) => numberIn(a) - numberIn(b),
  }),
  // Every object has a function of this name.
  ['toString', ([value]) => shownText(value)],
])

function isThere(value: GoValue): boolean {
  return value !== undefined && value !== null
}

/** Only what is of one basic kind is compared; with what is not there nothing is equal. */
function areEqual(a: GoValue, b: GoValue): boolean {
  if (a === askedFor || b === askedFor) return stop('asked-for', '')
  if (!(isThere(a) && isThere(b))) return isThere(a) === isThere(b)
  return typeof a === typeof b && typeof a !== 'object'
    ? a === b
    : stop('fails', `${innerText(a)} compared with ${innerText(b)}`)
}

function compared(a: GoValue, b: GoValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  const isNumber = typeof a === 'number' || typeof a === 'bigint'
  if (!isNumber || typeof a !== typeof b)
    return stop('fails', `${innerText(a)} compared with ${innerText(b)}`)
  return Number(a) - Number(b)
}

function lengthOf(value: GoValue): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length
  return Array.isArray(value) ? value.length : Object.keys(mapOf(value)).length
}

function stepInto(value: GoValue, step: GoValue): GoValue {
  if (value === askedFor) return value
  if (isObject(value)) return Object.hasOwn(value, textOf(step)) ? value[textOf(step)] : undefined
  const [items, at] = [listOf(value), wholeOf(step)]
  return at >= 0 && at < items.length ? items[at] : stop('fails', `item ${at} of ${items.length}`)
}

const verb = /%(?:[%svdtq]|.?)/gs

/** `%s`, `%v`, `%d`, `%t`, `%q`; anything else is not followed. */
function formatted(format: string, args: readonly GoValue[]): string {
  let used = 0
  const text = format.replaceAll(verb, (each) => {
    if (each === '%%') return '%'
    const value = args[used]
    used += 1
    if (used > args.length || !isOfVerb(each, value)) return stop('template', format)
    return each === '%q' ? quotedText(textOf(value)) : innerText(value)
  })
  return used === args.length ? text : stop('template', format)
}

function isOfVerb(written: string, value: GoValue): boolean {
  switch (written) {
    case '%v':
      return true
    case '%s':
    case '%q':
      return typeof value === 'string'
    case '%d':
      return typeof value === 'bigint'
    case '%t':
      return typeof value === 'boolean'
    default:
      return false
  }
}

function pairsIn(args: readonly GoValue[]): JsonObject {
  const pairs = new Map<string, JsonValue>()
  for (let at = 0; at < args.length; at += 2) pairs.set(textOf(args[at]), plainOf(args[at + 1] ?? ''))
  return Object.fromEntries(pairs)
}

/** `dig "a" "b" USUAL MAP`. */
function dug(args: readonly GoValue[]): GoValue {
  const [usual, map] = args.slice(-2)
  let value: GoValue = mapOf(map)
  for (const step of args.slice(0, -2)) {
    const inner = mapOf(value)
    if (!Object.hasOwn(inner, textOf(step))) return usual
    value = inner[textOf(step)]
  }
  return value
}

function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text
}

function withoutEnd(text: string, end: string): string {
  return end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text
}

/** Between all letters, where nothing is to be replaced, is not followed. */
function replaced(text: string, from: string, to: string): string {
  return from === '' ? stop('template', 'replace ""') : text.replaceAll(from, () => to)
}

function cut(text: string, length: number): string {
  if (length >= 0) return text.slice(0, length)
  return text.slice(Math.max(0, text.length + length))
}

function endOf(end: number): number | undefined {
  return end < 0 ? undefined : end
}

function shownText(value: GoValue): string {
  return typeof value === 'string' ? value : innerText(value)
}

function quotedText(text: string): string {
  return /[^\x20-\x7e\n\t\r]/.test(text) ? stop('template', 'quote') : JSON.stringify(text)
}

function indented(text: string, size: number): string {
  if (size < 0 || size > budgets.templateIndent.size) return stop('limit', 'indent')
  const space = ' '.repeat(size)
  return `${space}${text.replaceAll('\n', `\n${space}`)}`
}

function readText(text: string): JsonValue {
  const documents = documentsIn({ path: '', text })
  return documents?.length === 1 ? (documents[0] ?? null) : stop('template', 'fromYaml')
}

function folderText(path: string): string {
  const end = path.lastIndexOf('/')
  return end === -1 ? '.' : path.slice(0, end) || '/'
}

function numberIn(value: GoValue): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(Math.trunc(value))
  if (typeof value === 'string')
    return /^[+-]?(?:0|[1-9]\d{0,17})$/.test(value) ? BigInt(value.replace('+', '')) : stop('template', value)
  return isThere(value) ? stop('template', innerText(value)) : 0n
}
