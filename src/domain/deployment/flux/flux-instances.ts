import { renderCache } from '../../kustomize/cache.ts'
import { renderKustomization } from '../../kustomize/render.ts'
import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../../manifest/layers/written.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Applications } from '../argo-cd/application-sets.ts'
import { type Deployer, unknownOf } from '../deployer.ts'
import { treeOf } from '../tree-of-side.ts'

/**
 * What the operator of Flux makes of `sync` of a FluxInstance: a source, and a Kustomization that applies it, both as the patches of the
 * instance leave them. Where these cannot be followed, it is not known what is delivered.
 */
export function madeByInstance(instance: Deployer): Applications {
  const { sync } = instance.spec
  if (sync === undefined) return { applications: [], unknown: [] }
  const made = unpatched(instance, fieldsOf(sync))
  const patches = listIn(fieldsOf(instance.spec['kustomize'])['patches']).filter(mayMeetDelivery)
  if (patches.length === 0) return { applications: made, unknown: [] }
  const patched = patchedBy(patches, made)
  if (patched !== undefined) return { applications: patched, unknown: [] }
  const said = { ...instance, spec: { sync, patches } }
  const unknown = unknownOf(said, { code: 'program', detail: 'patches', isHiding: true }, [
    'spec',
    'kustomize',
    'patches',
  ])
  return { applications: made, unknown: [unknown] }
}

function unpatched(instance: Deployer, sync: JsonObject): readonly Deployer[] {
  const { kind = 'GitRepository', url = '', path = '', ref, name: written } = sync
  const name = textIn(written) ?? instance.namespace ?? 'flux-system'
  const source =
    textIn(kind) === 'GitRepository' ? [sourceOf(instance, name, { url, ...branchOf(textIn(ref)) })] : []
  const sourceRef = { kind: kind ?? 'GitRepository', name }
  return [...source, { ...instance, kind: 'Kustomization', name, spec: { path: path ?? '', sourceRef } }]
}

function sourceOf(instance: Deployer, name: string, spec: Deployer['spec']): Deployer {
  return { ...instance, kind: 'GitRepository', name, spec }
}

/** `refs/heads/main`; what is no branch is not compared with one. */
function branchOf(ref: string | undefined): Deployer['spec'] {
  const branch = /^refs\/heads\/(?<name>.+)$/.exec(ref ?? '')?.groups?.['name']
  return branch === undefined ? {} : { ref: { branch } }
}

const apiVersions: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  GitRepository: 'source.toolkit.fluxcd.io/v1',
}

/** Whether a patch may be about what is made here, and not about the Deployments of Flux, which are not. */
function mayMeetDelivery(entry: JsonValue): boolean {
  const { target, patch } = fieldsOf(entry)
  if (target !== undefined) {
    const kind = textIn(fieldsOf(target)['kind']) ?? ''
    return !/^\w+$/.test(kind) || Object.hasOwn(apiVersions, kind)
  }
  const documents = documentsIn({ path: '', text: textIn(patch) ?? '' })
  return documents?.some((each) => Object.hasOwn(apiVersions, textIn(fieldsOf(each)['kind']) ?? '')) ?? true
}

/** The same objects as Kustomize leaves them; nothing where that cannot be followed. */
function patchedBy(
  patches: readonly JsonValue[],
  made: readonly Deployer[],
): readonly Deployer[] | undefined {
  const files: readonly SourceFile[] = [
    { path: 'kustomization.yaml', text: JSON.stringify({ resources: ['sync.yaml'], patches }) },
    { path: 'sync.yaml', text: made.map((each) => JSON.stringify(objectOf(each))).join('\n---\n') },
  ]
  const rendered = renderKustomization('', { tree: treeOf({ files }), cache: renderCache() })
  if ('failed' in rendered || rendered.notRendered.length > 0) return undefined
  const bodies = rendered.objects.map(({ node }) => fieldsOf(jsonOf(node)))
  return made.flatMap((each) => {
    const body = bodies.find(({ kind }) => kind === each.kind)
    return body === undefined ? [] : [asSaid(each, body)]
  })
}

function objectOf({ kind, name, namespace = 'flux-system', spec }: Deployer): JsonObject {
  return { apiVersion: apiVersions[kind] ?? '', kind, metadata: { name, namespace }, spec }
}

function asSaid(each: Deployer, { metadata, spec }: JsonObject): Deployer {
  const { name, namespace } = fieldsOf(metadata)
  const space = textIn(namespace)
  return {
    ...each,
    name: textIn(name) ?? each.name,
    ...(space !== undefined && { namespace: space }),
    spec: fieldsOf(spec),
  }
}
