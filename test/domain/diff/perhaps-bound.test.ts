import { expect, it } from 'vitest'
import { perhapsBound } from '../../../src/domain/diff/perhaps-bound.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { manifests } from '../../support/meshes.ts'
import { delegate, prefix, primary, secondary, to } from '../../support/worked-mesh.ts'

/** A mesh of which more may exist than what is written here. */
function openMesh(target: string, name: string, answer: string) {
  const all = manifests([primary('p', delegate(target, prefix('/a'))), secondary(name, to(answer))])
  const [mesh] = takeSnapshot(all, {
    settings: defaultIstioSettings,
    complete: false,
    meshOf: () => 'default',
    knownGateways: () => new Set(),
  }).meshes
  return mesh!
}

/** A name of which a part is filled in when it is deployed. */
const open = `s-\${ENV}`

/** Targets that an edit of the secondary may answer. */
const found = (target: string, name: string, answer = 'new') =>
  perhapsBound(openMesh(target, name, 'old'), openMesh(target, name, answer)).map(
    ({ merged }) => merged.target,
  )

it('a placeholder in the name of either makes an edited secondary perhaps the one that is meant', () => {
  expect(found('s-prod', open)).toEqual(['n/s-prod'])
  expect(found(open, 's-prod')).toEqual([`n/${open}`])
})

it('other names, and names that are written out, are not', () => {
  expect(found('t-prod', open)).toEqual([])
  expect(found('t', 's')).toEqual([])
})

it('a secondary that says the same as before changes nothing, whoever is meant', () => {
  expect(found('s-prod', open, 'old')).toEqual([])
})
