import type { Kept } from './kept-verdicts.ts'

type Is = (value: unknown) => boolean

const isText: Is = (value) => typeof value === 'string'
const isCount: Is = (value) => Number.isSafeInteger(value)
const isFlag: Is = (value) => typeof value === 'boolean'
const oneOf =
  (texts: Readonly<Record<string, true>>): Is =>
  (value) =>
    isText(value) && Object.hasOwn(texts, String(value))
const listOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is)
const perhaps =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value)

function shapeOf<T extends object>(fields: { readonly [K in keyof Required<T>]: Is }): Is {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Is>(fields).every(([name, is]) => is(Reflect.get(value, name)))
}

type Verdict = Exclude<Kept, 'untouched'>

const isRequests = shapeOf<Verdict['dropped'][number]>({
  requests: isText,
  teams: listOf(isText),
  before: isText,
  after: isText,
  example: perhaps(isText),
  certain: isFlag,
})

const isAsked = shapeOf<Verdict['asked'][number]>({ team: isText, because: listOf(isText) })

const isFinding = shapeOf<Verdict['findings'][number]>({
  rule: isText,
  message: isText,
  file: perhaps(isText),
  line: perhaps(isCount),
})

const verdicts: Readonly<Record<Verdict['verdict'], true>> = {
  ok: true,
  'perhaps-own': true,
  'would-wait': true,
  blocked: true,
  undecided: true,
}

const isVerdict = shapeOf<Verdict>({
  verdict: oneOf(verdicts),
  title: isText,
  teams: listOf(isText),
  asked: listOf(isAsked),
  dropped: listOf(isRequests),
  spills: listOf(isRequests),
  findings: listOf(isFinding),
})

/** Whether a value from a file, which anybody may have written, is what is kept in it. */
export function isKept(value: unknown): value is Kept {
  return value === 'untouched' || isVerdict(value)
}
