import { roleOf } from '../access/permissions.ts'
import { findTeam, teamRole } from '../access/teams.ts'
import { readFileAt } from '../git/objects.ts'
import { roleIncludes } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import { nameKey } from '../state/names.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'

/** Where GitHub looks, in its order; the first found is the only one read. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

interface Word {
  readonly text: string
  readonly column: number
}

function words(line: string): Word[] {
  const found: Word[] = []
  for (const match of line.matchAll(/(?:\\.|[^\s\\])+/g)) {
    if (match[0].startsWith('#')) break
    found.push({ text: match[0], column: match.index + 1 })
  }
  return found
}

function ownerExists(world: World, repository: Repository, owner: string): boolean {
  const [, organization, slug] = /^@([^/]+)\/(.+)$/.exec(owner) ?? []
  if (organization !== undefined && slug !== undefined) {
    const team = findTeam(world, organization, slug)
    return team?.privacy === 'closed' && roleIncludes(teamRole(team, repository.id), 'write')
  }
  if (!owner.startsWith('@')) return true
  const account = world.accounts.get(nameKey(owner.slice(1)))
  return account !== undefined && roleIncludes(roleOf(world, repository, account), 'write')
}

interface Fault {
  readonly kind: string
  readonly column: number
  readonly message: string
  readonly suggestion: string | null
}

function patternFault(pattern: Word): Fault | undefined {
  const fault = { kind: 'Invalid pattern', column: pattern.column }
  if (/(?<!\\)[[\]]/.test(pattern.text))
    return { ...fault, message: 'both `[` and `]` must be escaped with a `\\`', suggestion: null }
  if (pattern.text.startsWith('!'))
    return { ...fault, message: 'negation is not supported', suggestion: null }
  if (pattern.text === '/')
    return {
      ...fault,
      message: 'The pattern `/` will never match anything',
      suggestion: 'did you mean `*` instead?',
    }
  return undefined
}

function ownerFaults(world: World, repository: Repository, owner: Word): Fault[] {
  if (!/^@[\w.-]+(\/[\w.-]+)?$|^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(owner.text))
    return [
      {
        kind: 'Invalid owner',
        column: owner.column,
        message: 'not a user, team or address',
        suggestion: null,
      },
    ]
  if (ownerExists(world, repository, owner.text)) return []
  const suggestion = owner.text.includes('/')
    ? `make sure the team ${owner.text} exists, is publicly visible, and has write access to the repository`
    : `make sure ${owner.text} exists and has write access to the repository`
  return [{ kind: 'Unknown owner', column: owner.column, message: suggestion, suggestion }]
}

function lineFaults(world: World, repository: Repository, line: string): Fault[] {
  const [pattern, ...owners] = words(line)
  if (!pattern) return []
  const fault = patternFault(pattern)
  return fault ? [fault] : owners.flatMap((owner) => ownerFaults(world, repository, owner))
}

/** What GitHub reports about the CODEOWNERS file of a commit; undefined where there is none. */
export async function codeownersErrors(
  world: World,
  repository: Repository,
  commit: string,
): Promise<Json[] | undefined> {
  for (const path of places) {
    const file = await readFileAt(repository.directory, commit, path)
    if (!file) continue
    return file
      .toString()
      .split(/\r?\n/)
      .flatMap((source, at) =>
        lineFaults(world, repository, source).map((fault) => ({
          ...fault,
          line: at + 1,
          source,
          path,
          message: `${fault.kind} on line ${at + 1}: ${fault.message}\n\n  ${source}\n  ${' '.repeat(fault.column - 1)}^`,
        })),
      )
  }
  return undefined
}
