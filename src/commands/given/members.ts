import type { Membership, Person } from '../../domain/policy/consent/people.ts'
import { readSettings } from '../../domain/source/settings/settings-yaml.ts'
import { positionOf, type SourceFile } from '../../domain/source/source-file.ts'
import type { YamlNode } from '../../domain/source/yaml-node.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { wholeOf } from '../../domain/words/sentence.ts'
import type { Terminal } from '../terminal.ts'
import { UserError } from '../user-error.ts'
import { readGivenFile } from './given-file.ts'

/** Who is in which team: what GitHub would be asked for. */
export interface Members {
  membership(owner: string, login: string): Membership
  /** Who speaks for an owner; undefined where the file does not say. */
  of(owner: string): readonly Person[] | undefined
  /** Where that is written, as it was named. */
  readonly file?: string
  /** What is written there. */
  readonly written?: string
  /** Everyone who is named has write access. */
  mayWrite(login: string): boolean
}

/** Knows nobody: no team can be resolved, and a person speaks for nobody else. */
export const nobody: Members = membersFrom(new Map())

/** Reads `--members FILE`: YAML, `"@org/team": [login, ...]`; `repository-admins` names whoever administers the repository. */
export async function readMembers(path: string, terminal: Terminal): Promise<Members> {
  return membersIn({ path, text: await readGivenFile('--members', path, terminal) })
}

/** The same of a text, wherever it comes from; mistakes in it name the path. */
export function membersIn(file: SourceFile): Members {
  return { ...membersFrom(parseMembers(file)), file: file.path, written: file.text }
}

/** The same, as programs write it. */
export function membersOf(written: Readonly<Record<string, readonly string[]>>): Members {
  return membersFrom(
    new Map(Object.entries(written).map(([team, logins]) => [keyOf(team), new Set(logins.map(keyOf))])),
  )
}

function parseMembers(file: SourceFile): ReadonlyMap<string, ReadonlySet<string>> {
  const { root, mistakes } = readSettings(file)
  const [mistake] = mistakes
  if (mistake !== undefined) refuse(file, plainOf(wholeOf(mistake)), positionOf(mistake.range).line)
  if (root === undefined) return new Map()
  if (root.kind !== 'map') return refuse(file, shape, positionOf(root.range).line)
  return new Map(root.entries.map(({ key, value }) => [keyOf(key), loginsOf(value, file)]))
}

const shape = 'each line names a team and its members, such as "@org/team": [login, login]'

/** As written: a login may look like a number, or like `true`. */
function loginsOf(node: YamlNode, file: SourceFile): ReadonlySet<string> {
  if (node.kind === 'scalar' && node.value === null) return new Set()
  if (node.kind !== 'sequence') return refuse(file, shape, positionOf(node.range).line)
  const logins = node.items.map((item) =>
    item.kind === 'scalar' ? item.text : refuse(file, shape, positionOf(item.range).line),
  )
  return new Set(logins.map(keyOf))
}

function refuse(file: SourceFile, why: string, line: number): never {
  throw new UserError(`--members ${file.path}, line ${line} is not what is wanted: ${why}.`)
}

/** GitHub compares names without case; people write them with and without `@`. */
function keyOf(name: string): string {
  return name.replace(/^@/, '').toLowerCase()
}

function isPerson(owner: string): boolean {
  return owner.startsWith('@') && !owner.includes('/')
}

/** Who is in which team, by lower-case names without `@`. */
export function membersFrom(teams: ReadonlyMap<string, ReadonlySet<string>>): Members {
  const named = new Set([...teams.values()].flatMap((logins) => [...logins]))
  return {
    membership(owner, login) {
      const members = teams.get(keyOf(owner))
      if (members !== undefined) return members.has(keyOf(login)) ? 'member' : 'no-member'
      if (!isPerson(owner)) return 'unresolvable'
      return keyOf(owner) === keyOf(login) ? 'member' : 'no-member'
    },
    of(owner) {
      const members = teams.get(keyOf(owner)) ?? (isPerson(owner) ? [keyOf(owner)] : undefined)
      return members && [...members].map((login) => ({ login, bot: login.endsWith('[bot]') }))
    },
    mayWrite: (login) => named.has(keyOf(login)),
  }
}
