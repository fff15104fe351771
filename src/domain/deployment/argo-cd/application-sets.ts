import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from '../../manifest/layers/written.ts'
import { type Deployer, unknownOf } from '../deployer.ts'
import type { Folders } from '../folders.ts'
import { attempted, stop, type UnknownDelivery, type ValuePath } from '../unknown-delivery.ts'
import { isOpen } from './destinations.ts'
import { filledIn, type LeftAsWritten } from './generators/filled.ts'
import { filledUp, type Generated, generatedBy } from './generators/generated.ts'
import { type Dialect, filledText, type Generation, type Parameters } from './generators/generation.ts'

/** What an ApplicationSet is worked out with. */
export interface GeneratingFrom {
  readonly folders: Folders
  readonly isElsewhere: (source: JsonObject) => boolean
  /** What all ApplicationSets of a side may still ask for. */
  readonly work: { left: number }
}

/** The Applications that an ApplicationSet makes, and what of it is not known. */
export interface Applications {
  readonly applications: readonly Deployer[]
  readonly unknown: readonly UnknownDelivery[]
}

/**
 * The Applications of an ApplicationSet, as far as Git shows them. Where Argo CD gives up at one thing it makes none of them; a
 * generator that asks something else than Git leaves out its own.
 */
export function applicationsOf(set: Deployer, from: GeneratingFrom): Applications {
  const unknown: UnknownDelivery[] = []
  const tell: Tell = ({ code, detail, isHiding = code !== 'fails' && code !== 'elsewhere' }, at) => {
    const next = unknownOf(set, { code, detail, isHiding }, at)
    const isSame = (each: UnknownDelivery) =>
      each.code === code && each.detail === detail && each.range === next.range
    if (!unknown.some(isSame)) unknown.push(next)
  }
  const generation: Generation = {
    ...from,
    dialect: dialectOf(set.spec),
    asks: (detail, at) => tell({ code: 'generator', detail, isHiding: false }, at),
  }
  const applications = listIn(set.spec['generators']).flatMap((written, index) => {
    const at = ['spec', 'generators', index]
    const { value: found = [], unknown: why } = attempted(() =>
      generatedBy(fieldsOf(written), at, generation),
    )
    if (why !== undefined) tell(why, at)
    return found.flatMap((each) => filledApplications(set, each, fieldsOf(written), { generation, tell }))
  })
  const isGivenUp = unknown.some(({ code }) => code === 'fails')
  return { applications: isGivenUp ? [] : withoutDoubles(applications, tell), unknown }
}

function dialectOf({ goTemplate, goTemplateOptions }: JsonObject): Dialect {
  if (goTemplate !== true) return 'names'
  return { isStrict: textsIn(goTemplateOptions).includes('missingkey=error') }
}

type Why = Pick<UnknownDelivery, 'code' | 'detail'> & { readonly isHiding?: boolean }

type Tell = (why: Why, at: ValuePath) => void

/** Of those with one name Argo CD takes none but the first; names that are left to be filled in become different ones. */
function withoutDoubles(applications: readonly Deployer[], tell: Tell): readonly Deployer[] {
  const first = new Map(applications.toReversed().map((each) => [each.name, each]))
  const isDouble = (each: Deployer) => !isOpen(each.name) && first.get(each.name) !== each
  for (const name of new Set(applications.filter(isDouble).map((each) => each.name)))
    tell({ code: 'fails', detail: name }, ['spec', 'template'])
  return applications.filter((each) => !isDouble(each))
}

function filledApplications(
  set: Deployer,
  { kind, parameters }: Generated,
  written: JsonObject,
  { generation, tell }: { readonly generation: Generation; readonly tell: Tell },
): readonly Deployer[] {
  const own = fieldsOf(fieldsOf(written[kind])['template'])
  const template = filledUp(own, fieldsOf(set.spec['template']))
  return parameters.flatMap((given): readonly Deployer[] => {
    const { value, unknown } = attempted(() => filledApplication(template, given, generation))
    if (unknown !== undefined) tell(unknown, ['spec', 'template'])
    const patched =
      value &&
      attempted(() => withPatch(value.application, textIn(set.spec['templatePatch']), given, generation))
    if (patched?.unknown !== undefined) tell(patched.unknown, ['spec', 'templatePatch'])
    for (const each of value?.left ?? [])
      tell({ ...each, isHiding: decides(each) }, ['spec', 'template', ...each.path])
    if (patched?.value === undefined || value?.left.some(decides) === true) return []
    return [applicationFrom(set, patched.value, given)]
  })
}

function filledApplication(template: JsonObject, given: Parameters, generation: Generation) {
  const { value, left } = filledIn(template, given, generation)
  return { application: fieldsOf(value), left: left.filter(({ path }) => isOfDelivery(path)) }
}

/** Whether a text says what is delivered, and where. */
function isOfDelivery([field, inner]: ValuePath): boolean {
  if (field === 'metadata') return inner === 'name'
  return field === 'spec' && /^(?:sources?|sourceHydrator|destination)$/.test(String(inner))
}

/** What is taken decides; a cluster or a name that is not known, and values for a chart, leave the rest as it is. */
function decides({ path }: LeftAsWritten): boolean {
  return path[0] === 'spec' && path[1] !== 'destination' && !path.includes('helm')
}

/** `templatePatch` laid over an Application: lists are replaced, and what is `null` is removed. */
function withPatch(
  application: JsonObject,
  patch: string | undefined,
  given: Parameters,
  generation: Generation,
): JsonObject {
  if (patch === undefined) return application
  const text = filledText(patch, given, generation)
  const documents = text.trim() === '' ? [] : documentsIn({ path: '', text })
  const [over = null, ...more] = documents ?? stop('fails', 'templatePatch')
  if (more.length > 0 || (over !== null && !isObject(over))) stop('fails', 'templatePatch')
  return fieldsOf(patched(application, fieldsOf(over)))
}

function patched(value: JsonValue, { $patch, ...over }: JsonObject): JsonValue {
  if ($patch === 'delete') return null
  const merged = new Map($patch === 'replace' ? [] : Object.entries(fieldsOf(value)))
  for (const [field, inner] of Object.entries(over)) {
    const result = isObject(inner) ? patched(merged.get(field) ?? null, inner) : (inner ?? null)
    if (result === null) merged.delete(field)
    else merged.set(field, result)
  }
  return Object.fromEntries(merged)
}

function applicationFrom(set: Deployer, application: JsonObject, given: Parameters): Deployer {
  const { name, annotations } = fieldsOf(application['metadata'])
  return {
    ...set,
    kind: 'Application',
    name: textIn(name) ?? '',
    annotations: fieldsOf(annotations),
    spec: fieldsOf(application['spec']),
    by: [...new Set([...set.by, ...given.from])],
  }
}
