import type { Limits } from '../state/limits.ts'
import { remember } from './remember.ts'
import { git, gitText } from './run.ts'

/** A file that differs between two trees, in the terms of GitHub's listings. */
export interface ChangedFile {
  readonly path: string
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed'
  readonly blob: string
  readonly additions: number
  readonly deletions: number
  readonly patch?: string
}

interface RawChange {
  readonly letter: string
  readonly blob: string
  readonly paths: readonly string[]
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
}

function parseRaw(text: string): RawChange[] {
  const fields = text.split('\0')
  const changes: RawChange[] = []
  for (let at = 0; at < fields.length - 1; ) {
    const [, , oldBlob = '', newBlob = '', status = ''] = (fields[at] ?? '').split(' ')
    const letter = status.charAt(0)
    const count = letter === 'R' ? 2 : 1
    changes.push({
      letter,
      blob: letter === 'D' ? oldBlob : newBlob,
      paths: fields.slice(at + 1, at + 1 + count),
    })
    at += 1 + count
  }
  return changes
}

/** The patches in order, one a section; a change of type has two sections. */
function splitPatches(text: string): string[] {
  return text.split(/^(?=diff --git )/m).map((section) => {
    const start = section.search(/^@@ /m)
    return start < 0 ? '' : section.slice(start).replace(/\n$/, '')
  })
}

function count(patch: string, mark: '+' | '-'): number {
  return patch.split('\n').filter((line) => line.startsWith(mark)).length
}

function changedFile(change: RawChange, patch: string, limits: Limits): ChangedFile {
  const [first = '', second] = change.paths
  const shown =
    patch !== '' && patch.length <= limits.patchBytes && patch.split('\n').length <= limits.patchLines
  return {
    path: second ?? first,
    ...(second === undefined ? {} : { previousPath: first }),
    status: statuses[change.letter] ?? 'modified',
    blob: change.blob,
    additions: count(patch, '+'),
    deletions: count(patch, '-'),
    ...(shown ? { patch } : {}),
  }
}

const remembered = remember<ChangedFile[]>(500)

/** The files that differ between two commits or trees, renames found as GitHub finds them. */
export function diffFiles(
  directory: string,
  range: { readonly from: string; readonly to: string },
  limits: Limits,
): Promise<ChangedFile[]> {
  return remembered(`${directory} ${range.from} ${range.to}`, () => readDifference(directory, range, limits))
}

async function readDifference(
  directory: string,
  range: { readonly from: string; readonly to: string },
  limits: Limits,
): Promise<ChangedFile[]> {
  const args = [
    'diff',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--full-index',
    '--no-abbrev',
    '-M',
    '-l0',
  ]
  const text = await gitText(directory, [...args, '--raw', '-z', '--patch', range.from, range.to])
  // The raw part ends with an empty field.
  const end = text.indexOf('\0\0')
  const [raw, patches] = end === -1 ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 2)]
  const sections = splitPatches(patches).values()
  return parseRaw(raw).map((change) => {
    const patch = sections.next().value ?? ''
    const rest = change.letter === 'T' ? `\n${sections.next().value ?? ''}` : ''
    return changedFile(change, patch + rest, limits)
  })
}

/** The changes of one file between two commits without context lines, to follow a line through them. */
export async function narrowPatch(
  directory: string,
  range: { readonly from: string; readonly to: string },
  path: string,
): Promise<string> {
  const args = ['diff', '--no-ext-diff', '--no-color', '-U0', range.from, range.to, '--', `:(literal)${path}`]
  return (await git(directory, args)).toString()
}
