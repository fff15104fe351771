import { canonicalJson } from '../../manifest/json.ts'
import { folderOf } from '../../manifest/layers/paths.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { positionOf } from '../../source/source-file.ts'
import { code, pathOf } from '../../terms/code.ts'
import { quoted, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A cluster holds one object under one name: of two manifests the one applied last wins. */
export const duplicateVirtualService: Rule = {
  id: 'duplicate-virtual-service',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'The same mesh, namespace and name twice.',
  *check(side, { base }) {
    const before = new Set(base.manifests.virtualServices.map(({ file }) => file.path))
    for (const mesh of side.meshes) {
      const named = mesh.virtualServices.filter(isNamedHere)
      const byName = Map.groupBy(named, ({ name }) => name)
      for (const named of byName.values()) {
        if (named.length > 1) yield* duplicates(oldestFirst(named, before), mesh.name)
      }
    }
  },
}

/** Two objects whose names another tool fills in need not be the same. */
function isNamedHere(resource: VirtualService): boolean {
  return !isUnknown(identityOf(resource))
}

/** What the base branch has already comes before what is new. */
function oldestFirst(
  named: readonly VirtualService[],
  before: ReadonlySet<string>,
): readonly VirtualService[] {
  const rank = ({ file }: VirtualService) => (before.has(file.path) ? 0 : 1)
  return named.toSorted((a, b) => rank(a) - rank(b))
}

function* duplicates(
  named: readonly VirtualService[],
  mesh: Snapshot['meshes'][number]['name'],
): Iterable<Fault> {
  const first = new Map<string, VirtualService>()
  for (const resource of named) {
    const same = first.get(identityOf(resource))
    const [any] = first.values()
    const maybe = resource.namespace === undefined ? any : first.get(identityOf({ name: resource.name }))
    const other = same ?? maybe
    if (other !== undefined) yield explain(resource, other, mesh)
    if (same === undefined) first.set(identityOf(resource), resource)
  }
}

/** `one`: one deployer applies both. `several`: whether both are applied to one cluster is not known, nor (`perhaps`) whether they are one object. */
type Sureness = 'one' | 'several' | 'perhaps'

/** Without a namespace in either, two files may well be meant for two namespaces, or be the steps of one tutorial. */
function surenessOf(a: VirtualService, b: VirtualService): Sureness {
  const isOne = identityOf(a) === identityOf(b)
  if (isOne && appliedTogether(a, b)) return 'one'
  return isOne && a.namespace !== undefined ? 'several' : 'perhaps'
}

/** By one unit; what no unit takes lies in one file, or names its namespace and lies in one directory. */
function appliedTogether({ file, namespace, unit }: VirtualService, other: VirtualService): boolean {
  if (unit !== undefined || other.unit !== undefined)
    return unit?.key === other.unit?.key && unit?.destination === other.unit?.destination
  if (file.path === other.file.path) return true
  return namespace !== undefined && folderOf(file.path) === folderOf(other.file.path)
}

type Place = ReturnType<typeof say>

function wordsOf(resource: VirtualService, place: Place, sureness: Sureness): Pick<Fault, 'clause' | 'todo'> {
  const name = code(identityOf(resource))
  switch (sureness) {
    case 'one':
      return {
        clause: say`${name} is defined here and${place}: whichever is applied last replaces the other`,
        todo: say`Remove one of the two, or give it another name. If they belong to different meshes, say so under ${quoted('meshes:')}`,
      }
    case 'several':
      return {
        clause: say`${name} is also defined${place}, and where both are applied to one cluster the last replaces the other`,
        todo: say`If they belong to different meshes, say so under ${quoted('meshes:')}; else remove one of the two`,
      }
    case 'perhaps':
      return {
        clause: say`${code(resource.name)} is also defined${place}, and the namespace is not written in both: they may be the same object`,
        todo: say`Write ${quoted('metadata.namespace')} in both, or name the namespace of these files under ${quoted('namespaces:')}`,
      }
  }
}

const codes = {
  one: 'duplicate-virtual-service',
  several: 'duplicate-virtual-service.several',
  perhaps: 'duplicate-virtual-service.perhaps',
} as const

function explain(resource: VirtualService, other: VirtualService, mesh: string): Fault {
  const at = rangeOf(other, 'name')
  const sureness = surenessOf(resource, other)
  const equal = canonicalJson(resource.spec) === canonicalJson(other.spec)
  const place = at === undefined ? say`` : say` in ${pathOf(`${at.file.path}:${positionOf(at).line}`)}`
  return {
    code: codes[sureness],
    ...wordsOf(resource, place, sureness),
    range: rangeOf(resource, 'name'),
    because: [
      note(words('The other definition is here'), at),
      {
        clause: equal
          ? words('The two say the same for now')
          : words('The two differ, so that what is served depends on the order in which they are applied'),
      },
    ],
    resource: identityOf(resource),
    mesh,
    fingerprint: sureness === 'perhaps' ? `maybe ${identityOf(other)}` : 'duplicate',
    ...(sureness !== 'one' && { severity: 'warning', effect: 'report' }),
  }
}
