import type { Comparison } from '../../diff/comparison.ts'
import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { firstWith } from '../../manifest/istio-features.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf, saysNamespace } from '../../manifest/names.ts'
import { nearestName } from '../../manifest/validation/values/nearest-name.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { lossUnder } from '../../reach/loss-under.ts'
import { type DelegateEdge, isSecondary } from '../../routing/delegation-graph.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { urisWords } from '../../terms/match-words.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import { newlyUnreadable } from '../input/newly-unreadable.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { secondaryBefore } from './secondary-before.ts'

/** Istio leaves out an entry whose delegate it does not find, and says so only in its own log. */
export const missingSecondary: Rule = {
  id: 'missing-secondary',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A delegate that names a VirtualService which is not there.',
  *check(side, comparison) {
    const lost = side === comparison.merged ? unreadableNames(comparison) : new Set()
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        if (edge.state === 'missing' && !lost.has(edge.delegate.name)) {
          yield explain({ edge, mesh, side, comparison })
        }
      }
    }
  },
}

/** A secondary in a file that became unreadable is not missing: `incomplete-analysis` speaks of it, and blocks. */
function unreadableNames(comparison: Comparison): ReadonlySet<string | undefined> {
  const lost = newlyUnreadable(comparison)
  const paths = new Set(lost.map(({ path }) => path))
  const before = comparison.base.manifests.virtualServices.filter(({ file }) => paths.has(file.path))
  const texts = lost.flatMap(({ diagnostic }) => diagnostic.range?.file.text ?? [])
  return new Set([...before.map(({ name }) => name), ...texts.flatMap(namesWritten)])
}

/** What a text calls anything, as far as that stands there in so many words. It need not be YAML. */
function namesWritten(text: string): readonly string[] {
  const written = text.matchAll(/(?:^|[\s{,])["']?name["']?:[ \t]*["']?(?<name>[\w.-]+)/g)
  return [...written].flatMap(({ groups }) => groups?.['name'] ?? [])
}

interface Missing {
  readonly edge: DelegateEdge
  readonly mesh: Mesh
  readonly side: Snapshot
  readonly comparison: Comparison
}

function explain(missing: Missing): Fault {
  const { edge, mesh } = missing
  const successor = renamed(missing)
  return {
    code: edge.delegate.name === undefined ? 'missing-secondary.unnamed' : 'missing-secondary',
    ...sentenceOf(missing),
    range: rangeOf(edge.delegate, 'name'),
    because: [
      ...namespaceNote(edge),
      ...(successor ? [renamedNote(edge, successor)] : []),
      ...elsewhere(missing).map((each) => elsewhereNote(each, missing)),
    ],
    todo: adviceFor(missing, successor),
    resource: identityOf(edge.primary),
    mesh: mesh.name,
    fingerprint: canonicalJson([edge.target, edge.route]),
    matter: edge.target,
  }
}

/** What is lost is what the secondary took on the base side, where it was there. */
function sentenceOf(missing: Missing): Sentence {
  const { edge, mesh, comparison } = missing
  const given = urisWords(edge.route.match ?? [])
  const name =
    edge.delegate.name === undefined ? words('nobody') : say`${targetWords(edge)}, which is not there`
  const secondary = foundBefore(missing)
  const before = secondary && isSecondary(secondary) ? { ...edge, secondary } : edge
  const loss = lossUnder([before], mesh, conditionOptions(comparison.settings))
  return {
    clause: say`${nameOf(edge.primary)} delegates ${given} to ${name}`,
    rest: say`: ${loss ?? words('Istio leaves the entry out')}`,
  }
}

function targetWords({ target, delegate }: DelegateEdge): Phrase {
  return code(!saysNamespace(target) || target.startsWith('/') ? (delegate.name ?? '') : target)
}

/** An omitted namespace means the primary's own only since 1.11. */
function namespaceNote({ target, delegate }: DelegateEdge): readonly Because[] {
  if (!target.startsWith('/') || delegate.namespace !== undefined) return []
  return [
    note(
      say`Before Istio ${firstWith('delegateNamespaceDefaults')} a delegate without ${quoted('namespace')} finds nobody`,
    ),
  ]
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
  return note(
    say`What was ${targetWords(edge)} is called ${code(identityOf(successor))} after the merge`,
    rangeOf(successor, 'name'),
  )
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

function elsewhereNote(resource: VirtualService, { side, mesh }: Missing): Because {
  const theirs = side.meshes.find(({ virtualServices }) => virtualServices.includes(resource))
  const where = theirs === undefined || theirs === mesh ? [] : say` in the mesh ${code(theirs.name)}`
  return note(say`There is ${code(identityOf(resource))}${where}`, rangeOf(resource, 'name'))
}

function adviceFor(missing: Missing, successor: VirtualService | undefined): Phrase {
  const { edge } = missing
  const [other] = elsewhere(missing)
  const meant = successor ?? other
  if (edge.delegate.name === undefined) return words('Give the delegate a name, or take it out')
  if (meant === undefined && foundBefore(missing) !== undefined)
    return say`Keep ${targetWords(edge)}, or take the delegate out of ${nameOf(edge.primary)}`
  const external = externalAdvice(edge)
  if (meant === undefined) return say`Add ${targetWords(edge)}, or take the delegate out${external}`
  const change = say`Have ${nameOf(edge.primary)} name ${code(identityOf(meant))}`
  return successor
    ? say`${change} in the same pull request, or keep the name`
    : say`${change} if that is meant${external}`
}

/** What is to be written of a secondary that something else delivers; nothing where Istio never finds it. */
function externalAdvice({ target }: DelegateEdge): Phrase {
  if (target.startsWith('/')) return words('')
  const name = saysNamespace(target) ? target : target.replace('?', '*')
  return say`. If something outside this repository delivers it, write ${quoted(`external: [${JSON.stringify(name)}]`)}`
}
