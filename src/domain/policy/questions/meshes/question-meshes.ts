import type { Comparison } from '../../../diff/comparison.ts'
import { normalForm } from '../../../manifest/normal-form.ts'
import type { IstioSettings } from '../../../routing/istio-settings.ts'
import { newClusters, onlyMesh } from '../../../routing/meshes/mesh-division.ts'
import { fewOf } from '../../../words/few-of.ts'
import { quoted, say, words } from '../../../words/phrase.ts'
import type { Ask, Questioned } from '../ask.ts'
import { allPrimaries, baseMesh } from '../concerned-primaries.ts'
import { claimsOf, newClaims } from '../host-claim.ts'
import { reasonAbout } from '../reason-about.ts'
import type { ModelledChange } from '../resource-change.ts'
import { teamAmongItself } from './own-affairs.ts'

/**
 * Where nobody has written down which meshes there are, the base side is read for them, and so it is a judge. Asks the
 * administrators of every primary (where it concerns one team alone, that team) about whoever changes what it says, by copying an object into another directory, or
 * delivering it to a cluster that had nothing; and about what is written beside the directories that are taken for meshes, since nobody knows which of them it enters.
 */
export function askAboutMeshes(questioned: Questioned): readonly Ask[] {
  if (questioned.policy.meshes.length > 0) return []
  return [...askAboutDivision(questioned), ...askAboutNames(questioned), ...askAboutOutsiders(questioned)]
}

/** Which cluster a folder stands for only its name says: whoever gives it another one asks those whose primaries are there. */
function askAboutNames({ comparison, renamed = new Map<string, string>() }: Questioned): readonly Ask[] {
  return [...renamed].flatMap(([to, from]): readonly Ask[] => {
    const primaries = baseMesh(comparison, from)?.graph.primaries ?? []
    if (primaries.length === 0) return []
    const clause = say`the mesh ${quoted(from)} would be called ${quoted(to)}, after another folder`
    return [
      {
        team: 'administrators',
        reason: { kind: 'judge', code: 'mesh-renamed', values: { from, to }, clause },
        primaries,
      },
    ]
  })
}

function askAboutDivision({ comparison, redivided }: Questioned): readonly Ask[] {
  const paths = [...new Set(redivided.map(({ object }) => object.file.path))].sort()
  const [path] = paths
  if (path === undefined) return askAboutNewClusters(comparison)
  const clause = say`${fewOf(paths.map(quoted), 1)} would be in another mesh than today, since the same objects would stand in other directories`
  return [
    {
      team: teamAmongItself(redivided, comparison) ?? 'administrators',
      reason: { kind: 'judge', code: 'meshes-redivided', values: { paths }, clause, path },
      primaries: allPrimaries(comparison),
    },
  ]
}

function askAboutNewClusters(comparison: Comparison): readonly Ask[] {
  const { base, merged } = comparison
  const arriving = newClusters({ base: base.manifests, merged: merged.manifests })
  return [...arriving].flatMap(([cluster, paths]): readonly Ask[] => {
    const [path = ''] = paths
    const clause = say`${quoted(cluster)} would get its first objects from here: ${fewOf(paths.map(quoted), 1)}`
    const reason = { kind: 'judge', code: 'new-cluster', values: { cluster, paths }, clause, path } as const
    return [{ team: 'administrators', reason, primaries: allPrimaries(comparison) }]
  })
}

function askAboutOutsiders({ comparison, delivered }: Questioned): readonly Ask[] {
  const { meshes } = comparison.base
  if (meshes.every(({ name }) => name === onlyMesh)) return []
  return delivered.flatMap((change): readonly Ask[] => {
    if (change.subject !== 'modelled') return []
    const { after } = change
    if (after === undefined || !entersNoMesh(change, comparison.settings)) return []
    const reason = reasonAbout(
      { ...change, after },
      {
        code: 'beside-meshes',
        values: { said: normalForm(after) },
        predicate: words(
          'is written beside the directories that are taken for meshes, and may enter any of them',
        ),
      },
    )
    return [{ team: 'administrators', reason, primaries: allPrimaries(comparison) }]
  })
}

/** What was there before is between those who agreed to it then, as long as it claims no other hosts. */
function entersNoMesh({ mesh, how, before, after }: ModelledChange, settings: IstioSettings): boolean {
  if (mesh !== onlyMesh || after === undefined) return false
  if (how !== 'changed' || before === undefined) return true
  return newClaims(claimsOf(before, settings), claimsOf(after, settings)).length > 0
}
