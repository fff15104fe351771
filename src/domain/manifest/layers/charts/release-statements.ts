import { sha256 } from '../../../kustomize/naming/sha256.ts'
import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { deliveredPaths, literalFolder, sourcesOf } from '../delivered-paths.ts'
import { configMapsFor } from '../delivery/config-maps.ts'
import { fileOfSource } from '../delivery/value-files.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import type { LayerStatement } from '../layer-statement.ts'
import type { SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'
import { isChart } from './chart-family.ts'
import { parameterStatements, valuesStatements } from './read-values.ts'

/** An object that releases charts of this repository alone, apart from the values that it gives them. */
export interface WrittenRelease {
  readonly object: DeliveryObject
  readonly charts: readonly string[]
  /** The values, to each template what it reads of them. */
  readonly values: readonly LayerStatement[]
}

/** Nothing where what is released is not surely a chart that is here. */
export function releaseWritten(object: DeliveryObject, side: SideFiles): WrittenRelease | undefined {
  const charts = chartsReleased(object, side)
  if (charts === undefined) return undefined
  return object.kind === 'HelmRelease'
    ? helmRelease(object, charts, side)
    : {
        object: withoutValues(object),
        charts,
        values: sourcesOf(object.spec).flatMap((each) => ofSource(each, side)),
      }
}

/** The charts that an object releases, where it delivers nothing else. */
export function chartsReleased(object: DeliveryObject, side: SideFiles): readonly string[] | undefined {
  if (object.kind !== 'HelmRelease' && object.kind !== 'Application') return undefined
  const paths = deliveredPaths(object)
  const isMarked = /\{\{|\$\{|[*?[]/.test(writtenPaths(object).join(' '))
  if (paths === 'mesh' || isMarked || paths.length === 0) return undefined
  return paths.every((path) => isChart(path, side)) ? paths : undefined
}

function writtenPaths({ kind, spec }: DeliveryObject): readonly string[] {
  if (kind === 'HelmRelease') return [textIn(fieldsOf(fieldsOf(spec['chart'])['spec'])['chart']) ?? '']
  return sourcesOf(spec).map(({ path }) => textIn(path) ?? '')
}

function helmRelease(object: DeliveryObject, charts: readonly string[], side: SideFiles): WrittenRelease {
  const { values, postRenderers, ...spec } = object.spec
  const patched = listIn(postRenderers)
    .map(weighty)
    .filter((each) => each !== null)
  return {
    object: { ...object, spec: { ...spec, ...(patched.length > 0 && { postRenderers: patched }) } },
    charts,
    values: charts.flatMap((chart) => [
      ...valuesStatements(values ?? null, chart, side),
      ...listIn(spec['valuesFrom']).flatMap((each) =>
        fromConfigMaps(fieldsOf(each), object, { chart, side }),
      ),
    ]),
  }
}

/** What nothing here looks into: patches of these reach no request, unless they make something else of them. */
const silentKinds = /^(?:PodDisruptionBudget|ServiceMonitor|PodMonitor|PrometheusRule|PersistentVolumeClaim)$/
const silentPatch = (patch: string): boolean =>
  !/path["']?:\s*["']?\/?(?:kind|apiVersion|metadata(?:\/name\w*)?)?["']?\s*(?:[,}\n]|$)/.test(patch) &&
  [...patch.matchAll(/\bkind["']?:[ \t]*["']?(\w+)/g)].every(([, kind = '']) => silentKinds.test(kind))

function isSilent(entry: JsonValue): boolean {
  const { target, patch } = fieldsOf(entry)
  return silentKinds.test(textIn(fieldsOf(target)['kind']) ?? '') && silentPatch(textIn(patch) ?? '')
}

/** A post-renderer without images and without patches that surely reach no request; nothing where nothing is left. */
function weighty(renderer: JsonValue): JsonValue {
  const { kustomize, ...others } = fieldsOf(renderer)
  const { images: _, patches, ...more } = fieldsOf(kustomize)
  const aimed = listIn(patches).filter((each) => !isSilent(each))
  const left = { ...more, ...(aimed.length > 0 && { patches: aimed }) }
  if (Object.keys(others).length === 0 && Object.keys(left).length === 0) return null
  return { ...others, kustomize: left }
}

/** Where several have the name, each may be meant. */
function fromConfigMaps(
  { kind, name, valuesKey, targetPath }: JsonObject,
  object: DeliveryObject,
  { chart, side }: { readonly chart: string; readonly side: SideFiles },
): readonly LayerStatement[] {
  if (kind !== 'ConfigMap' && kind !== 'Secret') return []
  return configMapsFor({ kind, name: textIn(name) ?? '' }, object, side).flatMap(
    ({ data, file: { path } }) => {
      const value = data[textIn(valuesKey) ?? 'values.yaml'] ?? null
      const target = textIn(targetPath)
      const given = kind === 'Secret' ? hidden(value) : target === undefined ? inText(value) : value
      const said =
        target === undefined
          ? valuesStatements(given, chart, side)
          : parameterStatements([{ name: target, value: given }], chart, side)
      return said.map((each) => ({ ...each, from: path }))
    },
  )
}

/** What a Secret gives is not looked into: another text may be any other value. */
function hidden(value: JsonValue): string {
  return sha256(canonicalJson(value))
}

function inText(value: JsonValue | undefined): JsonValue {
  const text = textIn(value)
  return text === undefined ? (value ?? null) : (documentsIn({ path: '', text }) ?? text)
}

function ofSource({ path, helm }: JsonObject, side: SideFiles): readonly LayerStatement[] {
  const chart = literalFolder(textIn(path) ?? '')
  if (chart === undefined || !isChart(chart, side)) return []
  const { values, valuesObject, parameters, fileParameters } = fieldsOf(helm)
  return [
    ...(values === undefined ? [] : valuesStatements(inText(values), chart, side)),
    ...(valuesObject === undefined ? [] : valuesStatements(valuesObject, chart, side)),
    ...parameterStatements(parameters, chart, side),
    ...listIn(fileParameters).flatMap((each) => fromFile(fieldsOf(each), chart, side)),
  ]
}

/** A parameter whose value is what a file holds. */
function fromFile({ name, path }: JsonObject, chart: string, side: SideFiles): readonly LayerStatement[] {
  const file = side.files.get(fileOfSource(textIn(path) ?? '', chart) ?? '')
  const said = parameterStatements([{ name: name ?? '', value: file?.text ?? path ?? '' }], chart, side)
  return said.map((each) => ({ ...each, ...(file && { from: file.path }) }))
}

function withoutValues(object: DeliveryObject): DeliveryObject {
  const bare = (source: JsonValue): JsonValue => {
    if (!isObject(source) || source['helm'] === undefined) return source
    const {
      values: _,
      valuesObject: __,
      parameters: ___,
      fileParameters: ____,
      ...helm
    } = fieldsOf(source['helm'])
    return { ...source, helm }
  }
  const { source, sources, ...spec } = object.spec
  return {
    ...object,
    spec: {
      ...spec,
      ...(source !== undefined && { source: bare(source) }),
      ...(sources !== undefined && { sources: listIn(sources).map(bare) }),
    },
  }
}
