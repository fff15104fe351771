import { budgets } from '../../../budgets.ts'
import type { SourceFile, SourceRange } from '../../../source/source-file.ts'
import { folderOf, foldersAbove, isBelow } from '../paths.ts'
import { gitPattern } from './git-pattern.ts'

/** A line of `.gitattributes` by which what is checked out or archived is another text than what Git holds. */
export interface Rewriting {
  /** `filter=lfs` for one; absent where there are more lines than are read, of which the last one is named. */
  readonly attribute?: string
  readonly pattern: string
  readonly range: SourceRange
  /** The paths that it changes, in order. */
  readonly paths: readonly string[]
}

interface Setting {
  readonly attribute: string
  /** Absent where the attribute is unset. */
  readonly value?: string
}

interface Line {
  readonly folder: string
  readonly pattern: string
  readonly matches: (path: string) => boolean
  readonly settings: readonly Setting[]
  readonly range: SourceRange
}

/** What each attribute has to find in a text to change it; the rest change every text. */
const marks: Readonly<Record<string, string>> = {
  filter: '',
  'working-tree-encoding': '',
  ident: '$Id',
  'export-ignore': '',
  'export-subst': '$Format',
}

/** More lines than these are no list that people write; whatever they say is taken for all. */
const mostLines = budgets.attributeLines.size

/**
 * Where `.gitattributes` makes other texts of some files, by filters, encodings, `$Id$` or what an archive leaves out. Of
 * several lines the last one counts, in the nearest folder. Line breaks (`text`, `eol`) are all one to YAML.
 */
export function rewritings(files: readonly SourceFile[], paths: Iterable<string>): readonly Rewriting[] {
  const lines = files
    .filter(({ path }) => /(?:^|\/)\.gitattributes$/.test(path))
    .toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)
    .flatMap((file, _, all) => linesIn(file, macrosIn(all)))
    .filter(({ settings }) => settings.some(({ attribute }) => Object.hasOwn(marks, attribute)))
  const [last] = lines.slice(-1)
  if (last === undefined) return []
  if (lines.length > mostLines)
    return [{ pattern: last.pattern, range: last.range, paths: [...paths].sort() }]
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const found = [...paths].flatMap((path) => inForce(path, texts.get(path) ?? '', lines))
  const grouped = Map.groupBy(
    found,
    ({ line, attribute }) => `${line.range.file.path}:${line.range.start} ${attribute}`,
  )
  return [...grouped.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { attribute, line } = first
    return [
      { attribute, pattern: line.pattern, range: line.range, paths: group.map(({ path }) => path).sort() },
    ]
  })
}

interface InForce {
  readonly path: string
  readonly attribute: string
  readonly line: Line
}

function inForce(path: string, text: string, lines: readonly Line[]): readonly InForce[] {
  const matchingFile = lines.filter((line) => line.matches(path))
  const matchingFolder = lines.filter((line) => line.matches(path) || foldersAbove(path).some(line.matches))
  return Object.entries(marks).flatMap(([attribute, mark]) => {
    // An archive that leaves a folder out leaves out what lies in it; every other attribute is one of files.
    const matching = attribute === 'export-ignore' ? matchingFolder : matchingFile
    const line = matching.findLast(({ settings }) => settings.some((each) => each.attribute === attribute))
    const value = line?.settings.findLast((each) => each.attribute === attribute)?.value
    if (line === undefined || value === undefined || !text.includes(mark)) return []
    return [{ path, attribute: value === 'true' ? attribute : `${attribute}=${value}`, line }]
  })
}

type Macros = ReadonlyMap<string, readonly string[]>

/** `[attr]name` gives several attributes one name, in the root alone. */
function macrosIn(files: readonly SourceFile[]): Macros {
  const text = files.find(({ path }) => path === '.gitattributes')?.text ?? ''
  return new Map(
    [...text.matchAll(/^\[attr\](?<name>\S+)[ \t]+(?<rest>.*)$/gm)].map(({ groups = {} }) => [
      groups['name'] ?? '',
      (groups['rest'] ?? '').trim().split(/\s+/),
    ]),
  )
}

function linesIn(file: SourceFile, macros: Macros): readonly Line[] {
  const folder = folderOf(file.path)
  return [
    ...file.text.matchAll(/^[ \t]*(?<pattern>"(?:[^"\\]|\\.)*"|[^\s#"]\S*)[ \t]+(?<rest>\S.*)$/gm),
  ].flatMap((found) => {
    const { pattern: written = '', rest = '' } = found.groups ?? {}
    if (written.startsWith('[attr]')) return []
    const pattern = written.startsWith('"') ? written.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : written
    const { matches } = gitPattern(pattern)
    const start = found.index
    return [
      {
        folder,
        pattern,
        matches: (path: string) =>
          path !== folder &&
          isBelow(path, folder) &&
          matches(folder === '' ? path : path.slice(folder.length + 1)),
        settings: rest
          .trim()
          .split(/\s+/)
          .flatMap((each) => settingsOf(each, macros, 0)),
        range: { file, start, end: start + found[0].trimEnd().length },
      },
    ]
  })
}

const deepestMacro = budgets.attributeMacros.size

function settingsOf(written: string, macros: Macros, depth: number): readonly Setting[] {
  const macro = macros.get(written)
  if (macro !== undefined && depth < deepestMacro)
    return macro.flatMap((each) => settingsOf(each, macros, depth + 1))
  if (/^[-!]/.test(written)) return [{ attribute: written.slice(1) }]
  const [attribute = '', value = 'true'] = written.split('=')
  const isUtf8 = attribute === 'working-tree-encoding' && /^utf-?8$/i.test(value)
  return [isUtf8 ? { attribute } : { attribute, value }]
}
