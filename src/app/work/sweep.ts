import { keyOfDefaults } from '../grounds.ts'
import type { Log } from '../log.ts'
import type { Observe } from '../observer.ts'
import type { PeopleGrounds } from '../people-asked.ts'
import type { Forge, Repository, RepositoryRef } from '../ports.ts'
import type { GitObjects } from '../reading/git-objects.ts'
import { mattersTo } from '../reading/matters-to.ts'
import { statusOf } from '../status-of.ts'
import type { Scope } from './scope.ts'
import type { Standing } from './standing.ts'

/** What it takes to look through repositories. */
export interface SweepOptions {
  readonly forge: Forge
  readonly request: (scope: Scope) => Promise<void>
  readonly observe: Observe
  readonly log: Log
}

/** Looks through a repository. `start`: whatever is in progress there was left. */
export type Sweep = (at: RepositoryRef, when: 'start' | 'later') => Promise<void>

/** By pull request, what it was seen to lack. */
type Sights = ReadonlyMap<number, string>

/** The tips since which nothing that matters to a verdict has changed, by those on which verdicts rest. */
type SameAs = ReadonlyMap<string, string>

interface Remembered {
  readonly sights: Sights
  readonly same: SameAs
}

/**
 * Asks for the open pull requests whose verdict does not hold: they have none, or one that rested on something else than is there now.
 * What was seen is remembered, so that nobody is asked for twice by the same, and no two tips are compared twice.
 */
export function createSweep({ forge, request, observe, log }: SweepOptions): Sweep {
  const remembered = new Map<string, Remembered>()
  return async (at, when) => {
    const key = `${at.installation}:${at.owner}/${at.repo}`
    const before = remembered.get(key) ?? { sights: new Map(), same: new Map() }
    const { repository, objects } = await forge.connect(at)
    const tips = createTips(before.same, { repository, objects })
    const present = {
      tips,
      defaults: once(async () => keyOfDefaults(await repository.defaultConfiguration())),
    }
    const sights = new Map<number, string>()
    const counts = { unjudged: 0, stale: 0 }
    async function found({ ref }: Standing, lack: Lack): Promise<void> {
      if (isDue(lack, before.sights.get(ref.number) === lack.sight, when)) {
        await request({ kind: 'pull-request', ref })
        counts[lack.kind === 'stale' ? 'stale' : 'unjudged']++
      }
      sights.set(ref.number, lack.sight)
    }
    const others: RestsOnPeople[] = []
    for (const each of await repository.standing()) {
      const lack = await lackOf(each, present)
      if (lack !== undefined) await found(each, lack)
      else if (restsOnPeople(each)) others.push(each)
    }
    const asking = await lacksOfPeople(others, repository).catch((error: unknown) => ({ error }))
    if ('error' in asking) keepSights(others, before.sights, sights)
    else for (const { standing, lack } of asking) await found(standing, lack)
    remembered.set(key, { sights, same: tips.same() })
    for (const what of ['unjudged', 'stale'] as const) {
      observe({ kind: 'found', what, count: counts[what] })
      if (counts[what] > 0)
        log.warn({ ...at, what, count: counts[what] }, 'verdicts do not hold; they are asked for')
    }
    if ('error' in asking) throw asking.error
  }
}

/** A verdict that rests on what was said of people. */
type RestsOnPeople = Standing & { readonly run: { readonly grounds: { readonly people: PeopleGrounds } } }

function restsOnPeople(standing: Standing): standing is RestsOnPeople {
  return standing.run?.grounds?.people !== undefined
}

/** Of those whose people are something else by now; all of a repository are asked about at once. */
async function lacksOfPeople(
  standing: readonly RestsOnPeople[],
  repository: Repository,
): Promise<readonly { readonly standing: Standing; readonly lack: Lack }[]> {
  if (standing.length === 0) return []
  const keys = await repository.keysOfPeople(
    standing.map(({ run, now }) => ({ asked: run.grounds.people.asked, tip: now.tip })),
  )
  return standing.flatMap((each, index) => {
    const key = keys[index] ?? ''
    const { people } = each.run.grounds
    return people.key === key ? [] : [{ standing: each, lack: { kind: 'stale', sight: sightOf(each, key) } }]
  })
}

/** What could not be asked about is as it was seen before. */
function keepSights(standing: readonly Standing[], before: Sights, sights: Map<number, string>): void {
  for (const { ref } of standing) {
    const sight = before.get(ref.number)
    if (sight !== undefined) sights.set(ref.number, sight)
  }
}

function sightOf({ branch, head, now }: Standing, of: string): string {
  return [branch, head, now.tip, now.opinions, of].join(' ')
}

/** What is in progress may be at work, unless it is so at two sweeps; anything else is asked for at first sight. */
function isDue({ kind }: Lack, isKnown: boolean, when: 'start' | 'later'): boolean {
  return kind === 'in-progress' ? isKnown || when === 'start' : !isKnown
}

interface Lack {
  readonly kind: 'none' | 'in-progress' | 'stale'
  /** Equal for what is the same case: a verdict that differs once more for nothing new is not asked for. */
  readonly sight: string
}

/** What is there now, of what verdicts rest on. */
interface Present {
  readonly tips: Tips
  /** The key of the default configuration, read where somebody wants it. */
  readonly defaults: () => Promise<string>
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => (result ??= work())
}

/** What a pull request lacks of a verdict that holds; undefined where nothing. */
async function lackOf(standing: Standing, { tips, defaults }: Present): Promise<Lack | undefined> {
  const { now, run } = standing
  if (run?.state === 'in-progress') return { kind: 'in-progress', sight: `run ${run.id}` }
  const configured = run?.grounds?.defaults === undefined ? '' : await defaults()
  const sight = sightOf(standing, configured)
  if (run === undefined || run.state === 'cancelled') return { kind: 'none', sight }
  const { grounds } = run
  // What failed without a verdict is tried again by itself, or waits for somebody; it lets nothing be merged.
  if (grounds === undefined) return run.state === 'success' ? { kind: 'stale', sight } : undefined
  const isAsSaid = grounds.opinions === undefined || grounds.opinions === now.opinions
  // Whoever asked about people says so.
  const isWhole = grounds.opinions === undefined || grounds.people !== undefined || run.state !== 'success'
  const isAsConfigured = (grounds.defaults ?? '') === configured
  return isAsSaid && isWhole && isAsConfigured && (await tips.areSame(grounds.tip, now.tip))
    ? undefined
    : { kind: 'stale', sight }
}

interface Tips {
  /** Whether nothing that matters to a verdict differs between two commits of a base branch. */
  areSame(then: string, now: string): Promise<boolean>
  /** Of those that were asked about, up to which each is the same. */
  same(): SameAs
}

interface Reading {
  readonly repository: Repository
  readonly objects: GitObjects
}

/** Goes on from where an earlier sweep left each tip: where a branch has moved once, one comparison serves all pull requests. */
function createTips(before: SameAs, reading: Reading): Tips {
  const compared = new Map<string, Promise<boolean>>()
  const same = new Map<string, string>()
  function compare(then: string, now: string): Promise<boolean> {
    const key = `${then} ${now}`
    const known = compared.get(key) ?? areEquivalent(then, now, reading)
    compared.set(key, known)
    return known
  }
  return {
    async areSame(then, now) {
      const from = before.get(then) ?? then
      const isSame = from === now || (await compare(from, now))
      same.set(then, isSame ? now : from)
      return isSame
    },
    same: () => same,
  }
}

/** As for the event of a push; where trees cannot be listed in full everything may differ. */
async function areEquivalent(then: string, now: string, { repository, objects }: Reading): Promise<boolean> {
  if (then === '' || now === '') return false
  const paths = await changedPaths(then, now, objects).catch(unlessGone)
  return paths !== undefined && !(await mattersTo({ tip: now, paths }, repository))
}

/** A commit that a branch has left may be forgotten. */
function unlessGone(error: unknown): undefined {
  if (statusOf(error) !== 404) throw error
}

async function changedPaths(
  then: string,
  now: string,
  objects: GitObjects,
): Promise<readonly string[] | undefined> {
  const [before, after] = await Promise.all([objects.listing(then, 'forge'), objects.listing(now, 'forge')])
  if (before.cut.length > 0 || after.cut.length > 0) return undefined
  const paths = new Set([...before.tree.keys(), ...after.tree.keys()])
  return [...paths].filter((path) => {
    const [old, young] = [before.tree.get(path), after.tree.get(path)]
    return old?.sha !== young?.sha || old?.mode !== young?.mode
  })
}
