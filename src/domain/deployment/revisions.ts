import type { JsonObject, JsonValue } from '../manifest/json.ts'
import { sourcesOf } from '../manifest/layers/delivered-paths.ts'
import { repositoryNamed } from '../manifest/layers/delivery/addresses.ts'
import { refNamedBy } from '../manifest/layers/delivery/value-files.ts'
import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { isOpen } from './argo-cd/destinations.ts'
import type { BuiltUnit } from './units/built-unit.ts'
import { identityOfUnit, isByHand, type Unit } from './units/unit.ts'

/** What follows what is merged, as far as a name can say so: those that the default branch mostly has. */
const ofDefaultBranch: ReadonlySet<string> = new Set(['', 'HEAD', 'main', 'master'])

/** The branch, tag or commit that a source follows; absent where that is what is merged, or left to be filled in. */
export function revisionOf(written: JsonValue | undefined): string | undefined {
  const [, heads = '', text = ''] = /^(refs\/heads\/)?(.*)$/s.exec(textIn(written) ?? '') ?? []
  if (ofDefaultBranch.has(text) || isOpen(text)) return undefined
  // A branch moves, whatever it is called.
  return heads !== '' && isVersion(text) ? `branch:${text}` : text
}

/** That of a GitRepository of Flux, by what goes first of what its `ref` names. */
export function revisionOfRef(written: JsonValue | undefined): string | undefined {
  const { commit, name, semver, tag, branch } = fieldsOf(written)
  const version = textIn(semver) ?? textIn(tag)
  const moving = textIn(branch)
  const called = version === undefined ? moving && `refs/heads/${moving}` : `refs/tags/${version}`
  return revisionOf(textIn(commit) ?? textIn(name) ?? called)
}

/** That of a source of an Application, with those of the sources whose files of values it reads. */
export function revisionOfSource(source: JsonObject, spec: JsonObject): string | undefined {
  const named = refsReadBy(source)
  const others = sourcesOf(spec).filter(({ ref }) => named.has(textIn(ref) ?? ''))
  const found = [source, ...others].flatMap(({ targetRevision }) => revisionOf(targetRevision) ?? [])
  return found.length === 0 ? undefined : [...new Set(found)].toSorted().join(' ')
}

function refsReadBy({ helm }: JsonObject): ReadonlySet<string> {
  return new Set(listIn(fieldsOf(helm)['valueFiles']).flatMap((each) => refNamedBy(textIn(each) ?? '') ?? []))
}

/** A tag, a name with numbers like one, a range of such, or a commit: released one after the other, from what was merged before. */
const version = /^(?:refs\/tags\/.*|[0-9a-f]{7,40}|[v^~<>=]*\d[^:]*|[^:]*\d[.-]\d[^:]*)$/

/** What a source names, as of a unit. */
export type Followed = Pick<Unit, 'revision' | 'isOfFlux' | 'repository'>

/** What a source names, and nothing else of it. */
export function followedBy({ revision, isOfFlux, repository }: Followed): Followed {
  return {
    ...(isOfFlux && { isOfFlux }),
    ...(revision !== undefined && { revision }),
    ...(repository !== undefined && { repository }),
  }
}

/** What the repository of a source is called, where `own` is known to be this one. */
export function repositoryOf(url: string | undefined, own: string | undefined): Pick<Unit, 'repository'> {
  const name = repositoryNamed(url)
  return name === undefined ? {} : { repository: name === own?.toLowerCase() ? here : name }
}

const here = 'here'

/** Whether a name is one of those that are released one after the other. */
export function isVersion(name: string): boolean {
  return version.test(name)
}

/**
 * Whether what is here is delivered no more, since something else of the repository is, or another repository; the next version of it is
 * not such, unless it is known to be a branch, or of what was never merged (`unmerged`).
 */
export function leadsAway(from: Followed, to: Followed, unmerged: ReadonlySet<string> = new Set()): boolean {
  return (
    isOther(from.repository, to.repository) ||
    (isAway(from.revision, to.revision) && !(to.isOfFlux && from.revision === undefined)) ||
    (from.revision !== to.revision && namesIn(to).some((name) => unmerged.has(name)))
  )
}

function namesIn({ revision = '' }: Followed): readonly string[] {
  return revision.split(' ').map((each) => each.replace(/^refs\/tags\//, ''))
}

/** What another address than before names is not what is here, unless that surely is this repository. */
function isOther(from: string | undefined, to: string | undefined): boolean {
  return from !== undefined && to !== undefined && to !== here && to !== from
}

function isAway(from: string | undefined, to: string | undefined): boolean {
  if (to === undefined || to === from) return false
  return from === undefined || !(isVersion(from) && isVersion(to))
}

/** The units of the merged side without those that newly follow another revision than what is merged: they deliver what is not here. */
export function withoutOtherRevisions(
  units: readonly BuiltUnit[],
  before: readonly BuiltUnit[],
  unmerged: ReadonlySet<string> = new Set(),
): readonly BuiltUnit[] {
  if (!units.some(({ unit }) => unit.revision !== undefined || unit.repository !== undefined)) return units
  const keys = new Set(units.map(({ unit }) => unit.key))
  const gone = before.filter(({ unit }) => !keys.has(unit.key) && !isByHand(unit))
  return units.filter(({ unit }) => {
    const same = before.filter((each) => identityOfUnit(each.unit) === identityOfUnit(unit))
    const named = before.filter((each) => each.unit.key === unit.key)
    const former = [same, named, gone].find((each) => each.length > 0) ?? []
    return former.length === 0 || former.some((each) => !leadsAway(each.unit, unit, unmerged))
  })
}
