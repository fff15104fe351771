import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { literalFolder } from '../../manifest/layers/delivered-paths.ts'
import { pathIn } from '../../manifest/layers/paths.ts'
import { fieldsOf, listIn, textIn, textsIn } from '../../manifest/layers/written.ts'
import type { UnitsOf } from '../argo-cd/argo-units.ts'
import { isOpen } from '../argo-cd/destinations.ts'
import { type Deployer, deployerNamed, homeOfFlux, unknownOf } from '../deployer.ts'
import type { Folders } from '../folders.ts'
import { followedBy } from '../revisions.ts'
import type { Unit } from '../units/unit.ts'
import type { UnknownCode, UnknownDelivery, ValuePath } from '../unknown-delivery.ts'
import type { FluxSource } from './flux-sources.ts'
import { fluxVariables } from './flux-variables.ts'

/** What a Kustomization of Flux is read with. */
export interface KustomizationsFrom {
  readonly folders: Folders
  readonly sourceOf: (object: Deployer) => FluxSource
}

/** What a Kustomization of Flux applies; nothing where its path is still to be filled in, or its source is another. */
export function unitsOfFlux(object: Deployer, { folders, sourceOf }: KustomizationsFrom): UnitsOf {
  const { spec } = object
  const told = (code: UnknownCode, detail: string, at: ValuePath): UnknownDelivery =>
    unknownOf(object, { code, detail, isHiding: code === 'left-to-fill-in' }, ['spec', ...at])
  const path = textIn(spec['path']) ?? ''
  if (isOpen(path)) return { units: [], unknown: [told('left-to-fill-in', path, ['path'])] }
  const source = sourceOf(object)
  if (source.isElsewhere) return { units: [], unknown: [told('elsewhere', source.address, ['sourceRef'])] }
  const folder = literalFolder(path)
  if (folder === undefined || !folders.isFolder(folder))
    return { units: [], unknown: [told('missing-folder', path, ['path'])] }
  const { variables, from, hidden } = fluxVariables(object, folders)
  const destination = destinationOfFlux(object, folder)
  const deployer = deployerNamed(object)
  const unit: Unit = {
    key: `${deployer.name} ${folder}`,
    deployer,
    by: [...new Set([...object.by, ...from])],
    folder,
    takes: 'flux',
    over: overOf(spec, folder, folders),
    ...(spec['commonMetadata'] !== undefined && { metadata: fieldsOf(spec['commonMetadata']) }),
    ...(variables && { variables }),
    ...(source.ignore !== undefined && { ignore: source.ignore }),
    ...(destination !== undefined && { destination }),
    ...followedBy(source),
  }
  return {
    units: [unit],
    unknown: [
      ...hidden.map(({ name, index }) => told('values', name, ['postBuild', 'substituteFrom', index])),
      ...(spec['suspend'] === true ? [told('suspended', path, ['suspend'])] : []),
    ],
  }
}

/** The cluster of a kubeConfig, by the name of what holds it; else that in which the object stands. */
export function destinationOfFlux(object: Deployer, folder?: string): string | undefined {
  const { secretRef, configMapRef } = fieldsOf(object.spec['kubeConfig'])
  const remote = textIn(fieldsOf(secretRef ?? configMapRef)['name'])
  if (remote === undefined) return homeOfFlux(object, folder)
  return isOpen(remote) ? undefined : remote
}

/** `targetNamespace`, prefix and suffix are set, the rest is added; what older versions write as objects, Kustomize reads as texts. */
function overOf(spec: JsonObject, folder: string, folders: Folders): JsonObject {
  const { targetNamespace, namePrefix, nameSuffix } = spec
  const isLenient = spec['ignoreMissingComponents'] === true
  const isThere = (path: string) => folders.isFolder(literalFolder(pathIn(folder, path)) ?? '')
  const added = {
    patches: listIn(spec['patches']),
    components: textsIn(spec['components']).filter((path) => !isLenient || isThere(path)),
    images: listIn(spec['images']),
    patchesStrategicMerge: listIn(spec['patchesStrategicMerge']).map(asText),
    patchesJson6902: listIn(spec['patchesJson6902']).map((each) => {
      const { patch, ...rest } = fieldsOf(each)
      return { ...rest, patch: asText(patch ?? null) }
    }),
  }
  return {
    ...(isSaid(targetNamespace) && { namespace: targetNamespace }),
    ...(isSaid(namePrefix) && { namePrefix }),
    ...(isSaid(nameSuffix) && { nameSuffix }),
    ...Object.fromEntries(Object.entries(added).filter(([, items]) => items.length > 0)),
  }
}

function isSaid(value: JsonValue | undefined): value is JsonValue {
  return value !== undefined && value !== null && value !== ''
}

function asText(value: JsonValue): JsonValue {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
