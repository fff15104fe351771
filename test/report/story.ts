import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { assess, type Proposal } from '../../src/domain/assess.ts'
import { findCodeowners, parseCodeowners } from '../../src/domain/ownership/codeowners.ts'
import type { People, Person } from '../../src/domain/policy/consent/people.ts'
import { decide } from '../../src/domain/policy/decide.ts'
import type { Assessment } from '../../src/domain/policy/judgement.ts'
import type { Obstruction } from '../../src/domain/policy/obstruction.ts'
import type { ChangedFile } from '../../src/domain/policy/touched.ts'
import { memoized } from '../../src/domain/source/memoized.ts'
import type { SourceFile } from '../../src/domain/source/source-file.ts'
import type { WayOut } from '../../src/domain/ways-out/way-out.ts'
import { waysOut } from '../../src/domain/ways-out/ways-out.ts'
import type { ReportContext } from '../../src/report/sentences/report-context.ts'

const cases = new URL('../cases/', import.meta.url).pathname

/** Who opens a story's pull request, and who has approved it. */
interface Cast {
  readonly author?: string
  readonly approvedBy?: readonly string[]
  readonly draft?: boolean
}

type Members = Readonly<Record<string, readonly string[]>>

/** A pull request as two folders and a cast. */
export interface Story {
  readonly name: string
  readonly base: readonly SourceFile[]
  readonly head: readonly SourceFile[]
  readonly cast: Cast
  readonly members: Members
  readonly obstructions?: readonly Obstruction[]
}

function filesOf(folder: string): readonly SourceFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path))
  return paths
    .filter((path) => statSync(path).isFile())
    .sort()
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }))
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** The names of all stories. */
export function storyNames(): readonly string[] {
  return readdirSync(cases)
    .filter((name) => statSync(join(cases, name)).isDirectory())
    .sort()
}

/** One story of `test/cases`. */
export function readStory(name: string): Story {
  return {
    name,
    base: filesOf(join(cases, name, 'base')),
    head: filesOf(join(cases, name, 'head')),
    cast: json(join(cases, name, 'people.json')) as Cast,
    members: json(join(cases, 'members.json')) as Members,
  }
}

function changedFiles({ base, head }: Story): readonly ChangedFile[] {
  const before = new Map(base.map((file) => [file.path, file]))
  const after = new Map(head.map((file) => [file.path, file]))
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [old, merged] = [before.get(path), after.get(path)]
    if (old?.text === merged?.text) return []
    return [{ path, ...(old && { base: old }), ...(merged && { merged }) }]
  })
}

function person(login: string): Person {
  return { login, bot: login.endsWith('[bot]') }
}

/** Who took part in a story, as the forge would tell. */
export function peopleOf({ cast, members }: Story): People {
  const author = cast.author === undefined ? {} : { author: person(cast.author) }
  return {
    ...author,
    pushers: cast.author === undefined ? [] : [person(cast.author)],
    ...(cast.author !== undefined && { lastPusher: cast.author }),
    reviews: (cast.approvedBy ?? []).map((login) => ({
      by: person(login),
      state: 'approved',
      commit: context.headSha,
      at: '2026-01-02T03:04:05Z',
      mayWrite: true,
      body: '',
    })),
    membership: (owner, login) => {
      if (!owner.includes('/')) return owner.toLowerCase() === `@${login}` ? 'member' : 'no-member'
      const team = members[owner]
      if (team === undefined) return 'unresolvable'
      return team.includes(login) ? 'member' : 'no-member'
    },
  }
}

/** Commits and branch of every story; a hunk of the diff reaches three lines around each changed line. */
export const context: Omit<ReportContext, 'diffLines'> = {
  headSha: '5b7d0aa3c5d7f8e9a0b1c2d3e4f5061728394a5b',
  baseTip: '9c1e2f4b6d8a0c2e4f6081a3c5e7092b4d6f8a1c',
  baseBranch: 'main',
  number: 102,
}

function hunks({ base, merged }: ChangedFile): readonly (readonly [number, number])[] {
  const old = new Set((base?.text ?? '').split('\n'))
  const lines = (merged?.text ?? '').split('\n')
  const changed = lines.flatMap((line, index) => (old.has(line) ? [] : [index + 1]))
  if (changed.length === 0) return merged === undefined ? [] : [[1, lines.length - 1]]
  return [[Math.max(1, Math.min(...changed) - 3), Math.min(lines.length - 1, Math.max(...changed) + 3)]]
}

/** The diff of a story, as GitHub would let it be commented on. */
export function diffOf(story: Story): ReportContext {
  const files = changedFiles(story)
  return {
    ...context,
    diffLines: new Map(files.map((file) => [file.path, hunks(file)])),
    asPushed: new Set(files.map(({ path }) => path)),
  }
}

/** The same with the ways out of the story. */
export function contextOf(story: Story): ReportContext {
  return { ...diffOf(story), waysOut: waysOutOf(story) }
}

/** A story as the engine receives it. */
export function proposalOf(story: Story): Proposal {
  const codeowners = findCodeowners(story.base)
  const configuration = story.base.find(({ path }) => path === '.github/firebreak.yml')
  const manifests = (files: readonly SourceFile[]): readonly SourceFile[] =>
    files.filter(({ path }) => /\.ya?ml$/.test(path) && !path.startsWith('.github/'))
  return {
    base: manifests(story.base),
    merged: manifests(story.head),
    changed: changedFiles(story),
    ...(codeowners && { codeowners: parseCodeowners(codeowners) }),
    ...(configuration && { configuration }),
    obstructions: story.obstructions ?? [],
    draft: story.cast.draft ?? false,
    today: '2026-01-02',
  }
}

/** The engine is asked once of each story. */
const judged = memoized((story: Story) => {
  const proposal = proposalOf(story)
  return { proposal, judgement: assess(proposal) }
})

/** The ways out of a story that the engine has tried out. */
export const waysOutOf = memoized((story: Story): readonly WayOut[] => {
  const { proposal, judgement } = judged(story)
  return waysOut(proposal, judgement)
})

/** What the engine makes of a story. */
export function assessStory(story: Story): Assessment {
  return decide(judged(story).judgement, peopleOf(story), { sha: context.headSha })
}
