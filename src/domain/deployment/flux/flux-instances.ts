import { fieldsOf, textIn } from '../../manifest/layers/written.ts'
import type { Deployer } from '../deployer.ts'

/** What the operator of Flux makes of `sync` of a FluxInstance: a source, and a Kustomization that applies it. */
export function madeByInstance(instance: Deployer): readonly Deployer[] {
  const { sync } = instance.spec
  if (sync === undefined) return []
  const { kind = 'GitRepository', url = '', path = '', ref, name: written } = fieldsOf(sync)
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
