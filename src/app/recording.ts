import { createHash } from 'node:crypto'
import type { Proposal } from '../domain/assess.ts'
import type { GitHubReading } from '../domain/ownership/codeowners-errors.ts'
import type { People, Person } from '../domain/policy/consent/people.ts'
import type { DecisionInputs } from '../domain/policy/record/decision-record.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import type { SourceFile } from '../domain/source/source-file.ts'
import type { Merged } from '../report/sentences/report-context.ts'
import type { DefaultConfiguration } from './default-configuration.ts'
import type { PeopleSource } from './evaluate.ts'
import { type Grounds, keyOfDefaults, keyOfOpinions, keyOfPeople } from './grounds.ts'
import { type PeopleGrounds, peopleAsked } from './people-asked.ts'
import type { JudgedRepository, MergedSide, PullRequest } from './ports.ts'
import { type SentPeople, sendPeople } from './sent-people.ts'

/** What is asked of the world while a pull request is judged, as it was answered. */
export interface Recording {
  readonly repository: JudgedRepository
  source(source: PeopleSource): PeopleSource
  inputs(of: Recorded): DecisionInputs
  /** By keys; absent where nobody was asked. */
  grounds(): Omit<Grounds, 'tip'>
  /** What the forge refused to say. */
  refused(): People['refused']
}

interface Recorded {
  readonly pull: PullRequest
  readonly proposal: Proposal
  readonly merged: Merged | undefined
}

/** Listens to the answers of the world, of which the base side is at `tip`. */
export function createRecording(repository: JudgedRepository, tip: string): Recording {
  let side: MergedSide = { kind: 'conflict', paths: [] }
  let impostors: readonly string[] = []
  let opinions: string | undefined
  let defaults: DefaultConfiguration | undefined
  let codeowners: GitHubReading = 'not-asked'
  let grounds: PeopleGrounds | undefined
  let people: SentPeople = { pushers: 'unknown', reviews: [], memberships: new Map() }
  const unmerged: string[] = []
  const members: (readonly [string, readonly Person[]])[] = []
  return {
    repository: {
      ...repository,
      defaultConfiguration: async () => (defaults = await repository.defaultConfiguration()),
      async codeownersErrors(sha) {
        const reading = await repository.codeownersErrors(sha)
        if (sha === tip) codeowners = reading
        return reading
      },
      mergedSide: async (pull) => (side = await repository.mergedSide(pull)),
      async isUnmerged(pull, name) {
        const answer = await repository.isUnmerged(pull, name)
        if (answer) unmerged.push(name)
        return answer
      },
      async people(pull, owners) {
        const found = await repository.people(pull, owners)
        opinions = keyOfOpinions(found.reviews)
        grounds = groundsOf(found, owners, codeowners)
        return found
      },
      impostors: async (pull) => (impostors = await repository.impostors(pull)),
    },
    source: (source) => ({
      async people(judgement, owners) {
        const found = await source.people(judgement, owners)
        people = sendPeople(found, owners)
        return found
      },
      async members(owners) {
        const roster = await source.members(owners)
        for (const owner of owners) {
          const found = roster(owner)
          if (found !== undefined) members.push([owner, found])
        }
        return roster
      },
    }),
    grounds: () => ({
      ...(opinions !== undefined && { opinions }),
      ...(defaults && { defaults: keyOfDefaults(defaults) }),
      ...(grounds && { people: grounds }),
    }),
    refused: () => people.refused,
    inputs: ({ pull, proposal, merged }) => ({
      today: proposal.today,
      pull: recordedPull(pull),
      ...(merged && { merged }),
      side: recordedSide(side),
      files: digestsOfFiles(proposal),
      ...(defaults && { defaults: recordedDefaults(defaults) }),
      readings: proposal.readings ?? { base: 'not-asked', merged: 'not-asked' },
      impostors,
      unmerged,
      people: recordedPeople(people),
      members,
    }),
  }
}

function groundsOf(people: People, owners: readonly string[], codeowners: GitHubReading): PeopleGrounds {
  const asked = peopleAsked(people, owners, codeowners === 'not-asked' ? codeowners : 'asked')
  const writers = new Set(people.reviews.filter(({ mayWrite }) => mayWrite).map(({ by }) => by.login))
  const { membership } = people
  return {
    asked,
    key: keyOfPeople(asked, { membership, mayWrite: (login) => writers.has(login), codeowners }),
  }
}

function recordedPull({ ref, state: _, mergeable: __, ...pull }: PullRequest): DecisionInputs['pull'] {
  const { owner, repo, number } = ref
  return { owner, repo, number, ...pull }
}

function recordedSide(side: MergedSide): DecisionInputs['side'] {
  switch (side.kind) {
    case 'conflict':
      return side
    case 'unknown':
      return { kind: side.kind, ...side.because }
    case 'overlay':
      return { kind: side.kind, base: side.base, head: side.head }
    case 'commit':
    case 'tree':
      return { kind: side.kind, sha: side.sha }
    default:
      return assertNever(side)
  }
}

function recordedDefaults(defaults: DefaultConfiguration): DecisionInputs['defaults'] & object {
  if (defaults.kind !== 'file') return defaults
  const { path, text } = defaults.file
  return { kind: 'file', path, text }
}

function recordedPeople({ memberships, shown, ...rest }: SentPeople): DecisionInputs['people'] {
  return {
    ...rest,
    memberships: [...memberships],
    ...(shown && { shown: shown.map(({ at, digests }) => ({ at, digests: [...digests] })) }),
  }
}

/** With the length of each part before it, so that no part can pass for several. */
function digestOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path.length} ${text.length} ${path}`).update(text)
  return hash.digest('hex')
}

/** By which it is known again what was read of both sides. */
function digestsOfFiles({
  base,
  merged,
  configuration,
  codeowners,
}: Pick<Proposal, 'base' | 'merged' | 'configuration' | 'codeowners'>): DecisionInputs['files'] {
  return {
    base: digestOf(base),
    merged: digestOf(merged),
    ...(configuration && { configuration: digestOf([configuration]) }),
    ...(codeowners && { codeowners: digestOf([codeowners.file]) }),
  }
}
