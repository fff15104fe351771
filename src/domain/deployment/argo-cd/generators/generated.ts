import { budgets } from '../../../budgets.ts'
import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from '../../../manifest/layers/written.ts'
import { stop, type ValuePath } from '../../unknown-delivery.ts'
import { askedFor } from '../go-template/values.ts'
import { filledIn } from './filled.ts'
import { type Generation, type Parameters, withValues } from './generation.ts'
import { fromGit } from './git-generator.ts'
import { selected } from './selected.ts'

/** What one generator of an ApplicationSet gives. */
export interface Generated {
  readonly kind: string
  readonly parameters: readonly Parameters[]
}

/** The generators that ask something other than Git. */
const asking = ['scmProvider', 'pullRequest', 'plugin', 'clusterDecisionResource']

/**
 * What an entry of `generators:` gives, for each kind of generator in it; within a matrix the texts of the second may use what the
 * first gives. Ends where a generator asks something other than Git, or where Argo CD gives up.
 */
export function generatedBy(
  written: JsonObject,
  at: ValuePath,
  generation: Generation,
  given?: Parameters,
): readonly Generated[] {
  const { selector, ...generators } =
    given === undefined ? written : filledGenerator(written, given, generation)
  return Object.entries(generators).map(([kind, said]) => {
    const parameters = ofKind(kind, fieldsOf(said), [...at, kind], generation)
    generation.work.left -= parameters.length * budgets.parametersWork.size
    if (generation.work.left < 0) stop('limit', kind)
    if (selector !== undefined && parameters.some((each) => each.isOpen)) stop('asked-for', kind)
    return { kind, parameters: selected(parameters, fieldsOf(selector)) }
  })
}

function filledGenerator(written: JsonObject, given: Parameters, generation: Generation): JsonObject {
  const { value, left } = filledIn(written, given, generation)
  const [open] = left
  return open === undefined ? fieldsOf(value) : stop(open.code, open.detail)
}

function ofKind(
  kind: string,
  said: JsonObject,
  at: ValuePath,
  generation: Generation,
): readonly Parameters[] {
  switch (kind) {
    case 'list':
      return fromList(said, generation)
    case 'git':
      return fromGit(said, generation)
    case 'clusters':
      return fromClusters(said, at, generation)
    case 'matrix':
      return fromMatrix(said, at, generation)
    case 'merge':
      return fromMerge(said, at, generation)
    default:
      return asking.includes(kind) ? answersOf(kind, said, at, generation) : stop('fails', kind)
  }
}

function fromList({ elements, elementsYaml }: JsonObject, { dialect }: Generation): readonly Parameters[] {
  const written = textIn(elementsYaml) ?? ''
  const more =
    written === '' ? [] : (documentsIn({ path: '', text: written }) ?? stop('fails', 'elementsYaml'))
  const own = listIn(elements).map((each) => (isObject(each) ? each : stop('fails', 'list')))
  const all = [
    ...own.map((each) => (dialect === 'names' ? textsOfElement(each) : each)),
    ...more.flatMap(listIn).map((each) => (isObject(each) ? each : stop('fails', 'elementsYaml'))),
  ]
  return all.map((values) => ({ values, from: [] }))
}

/** Without Go templates all values are texts, those below `values` as well; anything else ends it. */
function textsOfElement({ values, ...own }: JsonObject): JsonObject {
  const below = Object.entries(fieldsOf(values)).map(([name, value]) => [`values.${name}`, value] as const)
  const entries = [...Object.entries(own), ...below]
  return Object.fromEntries(
    entries.map(([name, value]) => [name, textIn(value) ?? stop('fails', `list: ${name}`)]),
  )
}

/** Of all clusters Git shows the one that Argo CD runs in, unless labels are asked for. */
function fromClusters(said: JsonObject, at: ValuePath, generation: Generation): readonly Parameters[] {
  const { matchLabels, matchExpressions } = fieldsOf(said['selector'])
  const answers = answersOf('clusters', said, at, generation)
  if (Object.keys(fieldsOf(matchLabels)).length + listIn(matchExpressions).length > 0) return answers
  return [withValues({ values: ownCluster, from: [] }, fieldsOf(said['values']), generation)]
}

const ownCluster = {
  name: 'in-cluster',
  nameNormalized: 'in-cluster',
  server: 'https://kubernetes.default.svc',
}

/** One set stands for all answers to what is asked: what they say is not known. */
function answersOf(
  kind: string,
  said: JsonObject,
  at: ValuePath,
  generation: Generation,
): readonly Parameters[] {
  generation.asks(kind, at)
  return [withValues({ values: {}, from: [], isOpen: true }, fieldsOf(said['values']), generation)]
}

/** The child generators of a matrix or a merge, each with the steps to it. */
function childrenOf({ generators }: JsonObject, at: ValuePath) {
  return listIn(generators).map((each, index) => ({
    written: fieldsOf(each),
    at: [...at, 'generators', index],
  }))
}

/** Combined generators may stand in one another once, as `at` shows. */
function ofChild(
  { written, at }: { readonly written: JsonObject; readonly at: ValuePath },
  generation: Generation,
  given?: Parameters,
): readonly Parameters[] {
  if (at.filter((step) => step === 'generators').length > budgets.nestedGenerators.size + 1)
    return stop('fails', 'nested generators')
  const [found, ...more] = generatedBy(written, at, generation, given)
  return found === undefined || more.length > 0 ? stop('fails', 'generators') : found.parameters
}

function fromMatrix(said: JsonObject, at: ValuePath, generation: Generation): readonly Parameters[] {
  const [first, second, ...more] = childrenOf(said, at)
  if (first === undefined || second === undefined || more.length > 0) return stop('fails', 'matrix')
  return ofChild(first, generation).flatMap((given) =>
    ofChild(second, generation, given).map((each) => ({
      values:
        generation.dialect === 'names'
          ? combined(given.values, each.values)
          : filledUp(given.values, each.values),
      from: [...given.from, ...each.from],
      ...((given.isOpen || each.isOpen) && { isOpen: true }),
    })),
  )
}

/** Texts of both; a name that both give must have one value. */
function combined(first: JsonObject, second: JsonObject): JsonObject {
  const clash = Object.keys(second).find((name) => Object.hasOwn(first, name) && first[name] !== second[name])
  return clash === undefined ? { ...first, ...second } : stop('fails', `matrix: ${clash}`)
}

/** What the first leaves empty comes from the second, at any depth. */
export function filledUp(first: JsonObject, second: JsonObject): JsonObject {
  const merged = new Map(Object.entries(first))
  for (const [field, value] of Object.entries(second)) {
    const own = merged.get(field)
    if (own !== askedFor && isObject(own) && isObject(value)) merged.set(field, filledUp(own, value))
    else if (isZero(own)) merged.set(field, value)
  }
  return Object.fromEntries(merged)
}

function isZero(value: JsonValue | undefined): boolean {
  if (value === askedFor) return false
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === '' || value === false || value === 0
}

/** The parameters of the first child, each with what those of the others say over it that have the same values of the keys. */
function fromMerge(said: JsonObject, at: ValuePath, generation: Generation): readonly Parameters[] {
  const keys = textsIn(said['mergeKeys'])
  const children = childrenOf(said, at)
  if (children.length < 2 || keys.length === 0) return stop('fails', 'merge')
  const found = children.map((child) => ofChild(child, generation))
  if (found.flat().some((each) => each.isOpen)) return stop('asked-for', 'merge')
  const [base = [], ...others] = found
  const tables = others.map((each) => byKeys(each, keys))
  return [...byKeys(base, keys)].map(([key, each]) =>
    tables.reduce((before, table) => {
      const over = table.get(key)
      if (over === undefined) return before
      const isPlain = generation.dialect === 'names'
      const values = isPlain ? { ...before.values, ...over.values } : filledUp(over.values, before.values)
      return { values, from: [...before.from, ...over.from] }
    }, each),
  )
}

function byKeys(found: readonly Parameters[], keys: readonly string[]): ReadonlyMap<string, Parameters> {
  const table = new Map(
    found.map((each) => [canonicalJson(keys.map((key) => each.values[key] ?? null)), each]),
  )
  return table.size === found.length ? table : stop('fails', 'mergeKeys')
}
