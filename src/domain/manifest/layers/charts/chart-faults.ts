import { budgets } from '../../../budgets.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonValue } from '../../json.ts'
import { pathIn } from '../paths.ts'
import type { SideFiles } from '../side-files.ts'
import { filesBelow } from '../side-files.ts'
import { contentOf, documentsIn, fieldsOf, textIn } from '../written.ts'

/** How a chart may come to render nothing. */
export type ChartFaultCode =
  | 'library'
  | 'missing-field'
  | 'too-large'
  | 'unparsable'
  | 'may-refuse'
  | 'required-missing'
  | 'include-undefined'

/** What ends the rendering of a chart, and of what that is said: a path, a field, a name. */
export interface ChartFault {
  readonly code: ChartFaultCode
  readonly of: string
}

/** What ends the rendering of a chart, as far as that is written: with it goes every manifest of the chart. */
export function chartFaults(chart: SourceFile, folder: string, side: SideFiles): readonly ChartFault[] {
  const files = filesBelow(folder, side)
  const inChart = (path: string) => path.slice(folder === '' ? 0 : folder.length + 1)
  const templates = files.filter(({ path }) => inChart(path).startsWith('templates/'))
  const defined = new Set(files.flatMap(({ text }) => namesIn(text, definition)))
  const values = contentOf(side.files.get(pathIn(folder, 'values.yaml')))
  return [
    ...faultsOfChart(chart),
    ...templates.flatMap((file) => faultsOfTemplate(file, { defined, values })),
  ]
}

function faultsOfChart(chart: SourceFile): readonly ChartFault[] {
  const { apiVersion, name, version, type } = fieldsOf(documentsIn(chart)?.[0])
  return [
    ...(type === 'library' ? [{ code: 'library', of: 'type: library' } as const] : []),
    ...Object.entries({ apiVersion, name, version }).flatMap(([field, value]) =>
      value === undefined || value === null || value === ''
        ? [{ code: 'missing-field', of: field } as const]
        : [],
    ),
  ]
}

const definition = /\{\{-?\s*(?:define|block)\s+"(?<name>[^"\n]*)"/g
const inclusion = /\b(?:include|template)\s+"(?<name>[^"\n]*)"/g
const requirement = /\brequired\s+(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)\s+\.Values\.(?<name>[\w.]+)/g
const piped = /\.Values\.(?<name>[\w.]+)\s*\|\s*required\b/g

interface Chart {
  /** The names of templates that others include. */
  readonly defined: ReadonlySet<string>
  readonly values: JsonValue
}

function faultsOfTemplate({ path, text }: SourceFile, { defined, values }: Chart): readonly ChartFault[] {
  if (text.length > budgets.template.size) return [{ code: 'too-large', of: path }]
  const code = withoutComments(text)
  const needed = [...namesIn(code, requirement), ...namesIn(code, piped)]
  return [
    ...(isBalanced(code) ? [] : [{ code: 'unparsable', of: path } as const]),
    ...(/\{\{[^{}]*\bfail\s/.test(code) ? [{ code: 'may-refuse', of: path } as const] : []),
    ...needed
      .filter((name) => !isGiven(name, values))
      .map((name) => ({ code: 'required-missing', of: name }) as const),
    ...namesIn(code, inclusion)
      .filter((name) => !defined.has(name))
      .map((name) => ({ code: 'include-undefined', of: name }) as const),
  ]
}

/** In one pass, however many begin and do not end. */
function withoutComments(text: string): string {
  const parts: string[] = []
  let at = 0
  for (const { index } of text.matchAll(/\{\{-? ?\/\*/g)) {
    if (index < at) continue
    const end = text.indexOf('*/', index)
    if (end === -1) break
    parts.push(text.slice(at, index), '{{')
    at = end + 2
  }
  return parts.join('') + text.slice(at)
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(({ groups }) => groups?.['name'] ?? [])
}

function isGiven(name: string, values: JsonValue): boolean {
  const [root] = Array.isArray(values) ? values : []
  const value = name
    .split('.')
    .reduce<JsonValue | undefined>((at, step) => fieldsOf(at)[step], root as JsonValue)
  return value !== undefined && value !== null && textIn(value) !== ''
}

/** Whether every action is closed, and every block ended. */
function isBalanced(text: string): boolean {
  const rest = text.replaceAll(/\{\{(?:[^"`{}]|\{(?!\{)|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}(?!\}))*\}\}/g, '')
  if (rest.includes('{{')) return false
  const words = [...text.matchAll(/\{\{-?\s*(?<word>if|range|with|define|block|end)\b/g)].map(
    ({ groups }) => groups?.['word'],
  )
  let depth = 0
  for (const word of words) {
    depth += word === 'end' ? -1 : 1
    if (depth < 0) return false
  }
  return depth === 0
}
