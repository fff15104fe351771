import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { namesADecidingKind } from '../../manifest/kinds/names-the-mesh.ts'
import { speaksOfTheMesh } from '../../manifest/kinds/spoken-in-programs.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'

/** A kind of which each object becomes others, some of them of the mesh. */
export interface DefinedKind {
  readonly kind: string
  /** The fields below `spec` that these are filled in with; all of them where that is not known. */
  readonly fields?: ReadonlySet<string>
}

/** Kinds by which kro, Crossplane, Kratix and KubeVela are told what becomes of others. */
export const definingKinds = [
  'ResourceGraphDefinition',
  'Composition',
  'Promise',
  'ComponentDefinition',
  'TraitDefinition',
  'WorkflowStepDefinition',
]

/** What a definition makes that is no object as it stands: a program, or one whose kind or version is filled in. */
export function madeByProgram(body: JsonObject): readonly JsonValue[] {
  return programsBelow(body['spec'])
}

function programsBelow(value: JsonValue | undefined): readonly JsonValue[] {
  if (typeof value === 'string') return isProgram(value) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => programsBelow(each))
  if (!isObject(value)) return []
  const isOpen = ['apiVersion', 'kind'].some((field) => /\$\{|\{\{/.test(textOf(value[field]) ?? ''))
  return isOpen ? [value] : Object.values(value).flatMap((each) => programsBelow(each))
}

/** Manifests as a text are read as what they are, unless they are put together. */
function isProgram(text: string): boolean {
  const versions = [...text.matchAll(/^[ \t]*(?:- )?apiVersion:(?<said>.*)$/gm)]
  const isManifest =
    versions.length > 0 &&
    versions.every(({ groups }) => /^[ \t]*["']?[\w./-]+["']?[ \t]*$/.test(groups?.['said'] ?? '')) &&
    !/\{\{-?\s*(?:if|range|with|define|block)\b/.test(text)
  return /\s/.test(text.trim()) && !isManifest && speaksOfTheMesh(text)
}

/** The kinds that definitions here make objects of the mesh of. */
export function definedKinds(
  definitions: readonly UnmodelledResource[],
  composed: readonly UnmodelledResource[],
): readonly DefinedKind[] {
  const found = definitions.flatMap(({ body }) => definedBy(body))
  const claimed = composed.flatMap(({ body }) => {
    const [own, claim] = ['names', 'claimNames'].map((field) => textOf(at(body, 'spec', field, 'kind')))
    return claim === undefined
      ? []
      : found.filter(({ kind }) => kind === own).map((each) => ({ ...each, kind: claim }))
  })
  return [...found, ...claimed]
}

function definedBy(body: JsonObject): readonly DefinedKind[] {
  const spec = body['spec']
  const kind =
    textOf(at(spec, 'schema', 'kind')) ??
    textOf(at(spec, 'compositeTypeRef', 'kind')) ??
    textOf(at(spec, 'api', 'spec', 'names', 'kind'))
  const steps = [...objectsOf(at(spec, 'resources')), ...objectsOf(at(spec, 'pipeline')).flatMap(resourcesOf)]
  const all = steps.length === 0 ? objectsOf(spec) : steps
  const making = all.filter(makesMeshObjects)
  if (kind === undefined || making.length === 0) return []
  const fields = fieldsRead(making, all)
  return [{ kind, ...(fields.size > 0 && { fields }) }]
}

/** A step lists resources, or is a program. */
function resourcesOf(step: JsonObject): readonly JsonObject[] {
  const listed = objectsOf(at(step, 'input', 'resources'))
  return listed.length === 0 ? [step] : listed
}

function makesMeshObjects(step: JsonObject): boolean {
  return namesADecidingKind(JSON.stringify(step, null, 1)) || programsBelow(step).length > 0
}

/** Fields of the object itself that a step names; where it reads other steps, what any of them names. */
function fieldsRead(making: readonly JsonObject[], all: readonly JsonObject[]): ReadonlySet<string> {
  const ids = all.flatMap((each) => textOf(each['id']) ?? [])
  const texts = making.map((each) => canonicalJson(each))
  const isLinked = texts.some((text) => ids.some((id) => text.includes(`\${${id}.`)))
  const read = isLinked ? all.map((each) => canonicalJson(each)) : texts
  const named = read.flatMap((text) => [...text.matchAll(/(?<!template\.)\bspec\??\.(?<field>\w+)/g)])
  return new Set(named.map(({ groups }) => groups?.['field'] ?? ''))
}
