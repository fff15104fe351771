import { budgets } from '../../budgets.ts'
import { pathIn } from '../../manifest/layers/paths.ts'
import { rangeOfLines, type SourceFile, type SourceRange } from '../../source/source-file.ts'
import type { Folders } from '../folders.ts'
import type { Release } from './release.ts'

/** What helm says of a chart that it refuses, and where. */
export interface Complaint {
  readonly text: string
  readonly range: SourceRange
}

/** Both formats of helm: version 3 writes all in one line, version 4 the place by itself. Of lines of the output nothing can be shown. */
export function readComplaint(whole: string, release: Release, folders: Folders): Complaint {
  const complaint = whole.slice(0, 10 * budgets.chartComplaint.size)
  const text = complaint.replaceAll(/\s+/g, ' ').trim()
  return { text: shortened(text), range: placeOf(complaint, release, folders) }
}

function shortened(text: string): string {
  const most = budgets.chartComplaint.size
  return text.length > most ? `${text.slice(0, most)}...` : text
}

const inTemplate = /(?<chart>[^\s:("'/]+)\/(?<path>(?:templates|charts)\/[^\s:"')]+)(?::(?<line>\d+))?/
const inValues = /values-(?<at>\d+)\.yaml(?:.*?\bline (?<line>\d+))?/s

function placeOf(complaint: string, release: Release, folders: Folders): SourceRange {
  const values = inValues.exec(complaint)?.groups
  const written = values && release.values[Number(values['at'])]
  if (written !== undefined) {
    const file = folders.file(written.path)
    // What stands within an object has lines of its own.
    const isWhole = file?.text === written.text
    return lineOf(file ?? { path: written.path, text: '' }, isWhole ? values?.['line'] : undefined)
  }
  const template = inTemplate.exec(complaint)?.groups
  const file = folders.file(pathIn(release.chart, template?.['path'] ?? 'Chart.yaml'))
  const chart = folders.file(pathIn(release.chart, 'Chart.yaml'))
  return lineOf(
    file ?? chart ?? { path: pathIn(release.chart, 'Chart.yaml'), text: '' },
    file && template?.['line'],
  )
}

function lineOf(file: SourceFile, line: string | undefined): SourceRange {
  const number = Number(line ?? 1)
  return rangeOfLines(file, number, number)
}
