import { isObject, type JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf, textOf } from '../../../manifest/json-fields.ts'
import { rootNamespacesIn } from '../../../manifest/kinds/root-namespaces.ts'
import { readableIn } from '../../../manifest/layers/written.ts'
import { holding } from '../../../source/holding.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { dependedUpon } from '../depended-upon.ts'
import { keysUnder } from '../label-selector.ts'
import type { ByKind } from './by-kind.ts'

/** What the configuration of the mesh says about what else is read. */
export interface MeshConfigurations {
  readonly rootNamespaces: readonly string[]
  /** Keys of labels of Namespaces: of those whose services Istio knows (`discoverySelectors`). */
  readonly discoveryLabels: readonly string[]
  /** The same for the scope of services (`serviceScopeConfigs`), by their Namespaces and by themselves. */
  readonly namespaceLabels: readonly string[]
  readonly serviceLabels: readonly string[]
  /** Of pods that always, or never, get a sidecar. */
  readonly podLabels: readonly string[]
  /** Classes of Ingresses that are Istio's; '' where those without class are. */
  readonly ingressClasses: readonly string[]
  /** The services of `extensionProviders`. */
  readonly providers: readonly { readonly name: string; readonly host: string }[]
}

/** Fields by which the mesh's configuration selects by labels, wherever it is kept: in a ConfigMap, in values of a chart. */
const selecting =
  /discoverySelectors|serviceScopeConfigs|alwaysInjectSelector|neverInjectSelector|ingressControllerMode|\bingressClass\b|extensionProviders/

const isSelecting = holding(selecting)
const namesRoots = holding('rootNamespace')

/** What files say as the mesh's configuration: texts that name none of its fields are not read. */
export function meshConfigurations(files: readonly SourceFile[], { objects }: ByKind): MeshConfigurations {
  const texts = new Set(files.filter(isSelecting).map(({ text }) => text))
  const found = [...texts].flatMap((text) => readableIn(text))
  const keysOf = (field: RegExp) => [...new Set(found.flatMap((each) => keysIn(each, field)))]
  const scopes = found.flatMap((each) => valuesUnder(each, 'serviceScopeConfigs'))
  return {
    rootNamespaces: [...rootNamespacesIn(files), ...rootsInConfigMaps(files), ...rootsOfOperators(objects)],
    discoveryLabels: keysOf(/^discoverySelectors$/),
    namespaceLabels: scopes.flatMap((each) => keysUnder(each, /^namespaceSelector$/)),
    serviceLabels: scopes.flatMap((each) => keysUnder(each, /^services?Selector$/)),
    podLabels: keysOf(/^(?:always|never)InjectSelector$/),
    ingressClasses: ingressClassesIn(found),
    providers: providersIn(found),
  }
}

function ingressClassesIn(found: readonly JsonValue[]): readonly string[] {
  const said = (field: string) => found.flatMap((each) => valuesUnder(each, field))
  const named = said('ingressClass').flatMap((each) => textOf(each) ?? [])
  return [...named, ...(said('ingressControllerMode').includes('DEFAULT') ? [''] : [])]
}

/** Whichever kind of provider it is, its service is told by that field, with its namespace before a slash or without. */
function providersIn(found: readonly JsonValue[]): MeshConfigurations['providers'] {
  const lists = found.flatMap((each) => valuesUnder(each, 'extensionProviders'))
  return lists.flatMap(objectsOf).flatMap((provider) => {
    const name = textOf(provider['name']) ?? ''
    const services = below(provider, 'service').flatMap((each) => textOf(each) ?? [])
    return services.map((service) => ({
      name,
      host: service.slice(service.indexOf('/') + 1).toLowerCase(),
    }))
  })
}

/** The keys under a field, texts of YAML within texts included. */
function keysIn(value: JsonValue, field: RegExp): readonly string[] {
  return [value, ...textsWithin(value)].flatMap((each) => keysUnder(each, field))
}

function textsWithin(value: JsonValue): readonly JsonValue[] {
  if (typeof value === 'string') return selecting.test(value) && value.includes('\n') ? readableIn(value) : []
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => textsWithin(each))
  return isObject(value) ? Object.values(value).flatMap((each) => textsWithin(each ?? null)) : []
}

function valuesUnder(value: JsonValue, field: string): readonly JsonValue[] {
  const here = [value, ...textsWithin(value)]
  return here.flatMap((each) => below(each, field))
}

function below(value: JsonValue, field: string): readonly JsonValue[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => below(each, field))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner = null]) =>
    key === field ? [inner] : below(inner, field),
  )
}

function rootsOfOperators(objects: ByKind['objects']): readonly string[] {
  return objects('IstioOperator').flatMap(
    ({ body }) => textOf(at(body, 'spec', 'meshConfig', 'rootNamespace')) ?? [],
  )
}

function rootsInConfigMaps(files: readonly SourceFile[]): readonly string[] {
  const some = files.filter(namesRoots)
  return dependedUpon(some, 'ConfigMap').flatMap(({ body }) => {
    const text = textOf(at(body, 'data', 'mesh'))
    return (text === undefined ? [] : readableIn(text)).flatMap(
      (each) => textOf(at(each, 'rootNamespace')) ?? [],
    )
  })
}
