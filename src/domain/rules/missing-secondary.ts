import type { Comparison } from '../diff/comparison.ts'
import { conditionOptions } from '../diff/placed-route.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import { nearestName } from '../manifest/validation/nearest-name.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { lossUnder } from '../reach/loss-under.ts'
import { type DelegateEdge, isSecondary } from '../routing/delegation-graph.ts'
import type { Mesh, Snapshot } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { code, nameOf } from '../wording/code.ts'
import { urisWords } from '../wording/match-words.ts'
import { guessed, told } from '../words/told.ts'
import { newlyUnreadable } from './newly-unreadable.ts'
import type { Fault, Rule } from './rule.ts'
import { secondaryBefore } from './secondary-before.ts'

/** Istio leaves out an entry whose delegate it does not find, and says so only in its own log. */
export const missingSecondary: Rule = {
  id: 'missing-secondary',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A delegate that names a VirtualService which is not there.',
  *check(side, comparison) {
    const lost = side === comparison.merged ? unreadableTexts(comparison) : []
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        if (edge.state === 'missing' && !lost.some((text) => text.includes(edge.delegate.name ?? '\0'))) {
          yield explain({ edge, mesh, side, comparison })
        }
      }
    }
  },
}

/** A secondary in a file that became unreadable is not missing: `incomplete-analysis` speaks of it, and blocks. */
function unreadableTexts(comparison: Comparison): readonly string[] {
  return newlyUnreadable(comparison).flatMap(({ diagnostic }) => diagnostic.range?.file.text ?? [])
}

interface Missing {
  readonly edge: DelegateEdge
  readonly mesh: Mesh
  readonly side: Snapshot
  readonly comparison: Comparison
}

function explain(missing: Missing): Fault {
  const { edge, mesh } = missing
  const range = rangeOf(edge.delegate, 'name')
  const successor = renamed(missing)
  return {
    ...told(messageOf(missing)),
    ...(range && { range }),
    because: [
      ...namespaceNote(edge),
      ...(successor ? [renamedNote(edge, successor)] : []),
      ...elsewhere(missing).map(elsewhereNote),
    ],
    todo: guessed(adviceFor(missing, successor)),
    resource: identityOf(edge.primary),
    mesh: mesh.name,
    fingerprint: canonicalJson([edge.target, edge.route]),
  }
}

/** What is lost is what the secondary took on the base side, where it was there. */
function messageOf(missing: Missing): string {
  const { edge, mesh, comparison } = missing
  const given = urisWords(edge.route.match ?? [])
  const name = edge.delegate.name === undefined ? 'nobody' : `${targetWords(edge)}, which is not there`
  const secondary = foundBefore(missing)
  const before = secondary && isSecondary(secondary) ? { ...edge, secondary } : edge
  const loss = lossUnder([before], mesh, conditionOptions(comparison.settings))
  const opening = `${nameOf(edge.primary)} delegates ${given} to ${name}`
  return loss === '' ? `${opening}: Istio leaves the entry out.` : `${opening}: ${loss}.`
}

function targetWords({ target, delegate }: DelegateEdge): string {
  return code(target.startsWith('?/') || target.startsWith('/') ? (delegate.name ?? '') : target)
}

/** An omitted namespace means the primary's own only since 1.11. */
function namespaceNote({ target, delegate }: DelegateEdge): readonly Because[] {
  if (!target.startsWith('/') || delegate.namespace !== undefined) return []
  return [{ ...told('Before Istio 1.11 a delegate without `namespace` finds nobody.') }]
}

function foundBefore({ edge, mesh, side, comparison }: Missing): VirtualService | undefined {
  return secondaryBefore(edge, mesh.name, side, comparison)
}

/** What it is called now, if the same file holds another VirtualService, or another file the same entries. */
function renamed(missing: Missing): VirtualService | undefined {
  const { mesh, comparison } = missing
  const before = foundBefore(missing)
  if (before === undefined) return undefined
  const known = new Set(comparison.base.manifests.virtualServices.map(identityOf))
  const fresh = mesh.virtualServices.filter((each) => !known.has(identityOf(each)))
  const same = fresh.find(
    (each) => canonicalJson(each.spec.http ?? []) === canonicalJson(before.spec.http ?? []),
  )
  return fresh.find((each) => each.file.path === before.file.path) ?? same
}

function renamedNote(edge: DelegateEdge, successor: VirtualService): Because {
  const range = rangeOf(successor, 'name')
  return {
    ...told(`What was ${targetWords(edge)} is called ${code(identityOf(successor))} after the merge.`),
    ...(range && { range }),
  }
}

/** VirtualServices that carry the name in another namespace or mesh, or nearly this name and no delegate. */
function elsewhere(missing: Missing): readonly VirtualService[] {
  const { edge, mesh, side } = missing
  const name = edge.delegate.name ?? ''
  const all = side.meshes.flatMap(({ virtualServices }) => virtualServices)
  const namesakes = all.filter((each) => each.name === name)
  if (namesakes.length > 0 || name === '') return namesakes.slice(0, 3)
  if (foundBefore(missing) !== undefined) return []
  const taken = new Set(mesh.graph.edges.map(({ secondary }) => secondary))
  const free = mesh.graph.secondaries.filter((each) => !taken.has(each))
  const near = nearestName(
    name,
    free.map((each) => each.name),
  )
  return free.filter((each) => each.name === near).slice(0, 1)
}

function elsewhereNote(resource: VirtualService): Because {
  const range = rangeOf(resource, 'name')
  return { ...told(`There is ${code(identityOf(resource))}.`), ...(range && { range }) }
}

function adviceFor(missing: Missing, successor: VirtualService | undefined): string {
  const { edge } = missing
  const [other] = elsewhere(missing)
  const meant = successor ?? other
  const operator =
    'If something outside this repository makes it (another repository, Flagger), set `complete: false`.'
  if (edge.delegate.name === undefined) return 'Give the delegate a name, or take it out.'
  if (meant === undefined && foundBefore(missing) !== undefined)
    return `Keep ${targetWords(edge)}, or take the delegate out of ${nameOf(edge.primary)}.`
  if (meant === undefined) return `Add ${targetWords(edge)}, or take the delegate out. ${operator}`
  const change = `Have ${nameOf(edge.primary)} name ${code(identityOf(meant))}`
  return successor
    ? `${change} in the same pull request, or keep the name.`
    : `${change} if that is meant. ${operator}`
}
