import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { virtualServiceSpec } from '../decoding/istio-schema.ts'
import { type FieldType, listOf, type MessageType, mapOf, message } from '../decoding/message.ts'
import { goDuration } from '../validation/values/go-duration.ts'
import { type PlainLine, type PlainValue, plainLines } from './plain-lines.ts'

/** What ties a VirtualService to others: its name, the hosts that it has, and those to which it delegates. */
export interface Ties {
  readonly name: string
  readonly namespace: string
  readonly hosts: readonly string[]
  readonly delegates: readonly DelegateName[]
}

/** Whom an entry delegates to, as it is written. */
export interface DelegateName {
  readonly name?: string
  readonly namespace?: string
}

const text = { kind: 'string' } as const
const virtualService = message('Object', {
  apiVersion: {
    kind: 'enum',
    values: ['v1', 'v1beta1', 'v1alpha3'].map((each) => `networking.istio.io/${each}`),
  },
  kind: { kind: 'enum', values: ['VirtualService'] },
  metadata: message('ObjectMeta', { name: text, namespace: text, labels: mapOf(text) }),
  spec: virtualServiceSpec,
})

/** What Envoy may refuse although Istio takes it, and with it the routes of a whole port. */
const perhapsRefused = new Set([
  'HeaderOperations',
  'HTTPDirectResponse',
  'HTTPFaultInjection',
  'HTTPRedirect',
  'RegexRewrite',
])

/** Weights are percentages, mostly; Envoy refuses a sum that 32 bits do not hold. */
const allOf = 100

/** Neither counts, which make a program large, nor escapes that Envoy reads otherwise. */
const smallRegex = /^(?:[^\\{]|\\[.dw/-]){0,200}$/

/** Where a scan stands, and what it has found. */
interface Scan {
  readonly lines: readonly PlainLine[]
  at: number
  readonly found: {
    name?: string
    namespace?: string
    readonly hosts: string[]
    readonly delegates: { name?: string; namespace?: string }[]
  }
}

/**
 * The ties of the one VirtualService of a file that is written so plainly that it surely decodes: every field is known and of its
 * type. Nothing where there is any doubt: then the file is to be read. Whether Istio takes the values is not asked.
 */
export const plainTies = memoized((file: SourceFile): Ties | undefined => {
  if (file.delivered !== undefined) return undefined
  const lines = plainLines(withoutSeparator(file.text))
  if (lines === undefined) return undefined
  const scan: Scan = { lines, at: 0, found: { hosts: [], delegates: [] } }
  const isRead = scanMessage(scan, virtualService, 0) === 'sure' && scan.at === lines.length
  const { name, namespace, hosts, delegates } = scan.found
  if (!isRead || name === undefined || namespace === undefined) return undefined
  return { name, namespace, hosts, delegates }
})

/** One separator may begin a file. */
function withoutSeparator(written: string): string {
  return written.startsWith('---\n') ? written.slice('---\n'.length) : written
}

type Sureness = 'sure' | 'doubtful'

/** The fields that begin at an indentation; the first may stand behind the dash of an item. */
function scanMessage(scan: Scan, type: MessageType, indent: number): Sureness {
  const known = new Set<string>()
  if (type.name === 'Delegate') scan.found.delegates.push({})
  for (let first = true; ; first = false) {
    const line = lineAt(scan, indent, first)
    if (line === undefined) break
    const { key = '' } = line
    const field = Object.hasOwn(type.fields, key) ? type.fields[key] : undefined
    if (field === undefined || known.has(key)) return 'doubtful'
    known.add(key)
    scan.at += 1
    if (scanValue(scan, field, { line, indent, type }) === 'doubtful') return 'doubtful'
  }
  const isOne = type.oneofs.every((members) => members.filter((each) => known.has(each)).length < 2)
  const isWhole = type !== virtualService || known.size === Object.keys(virtualService.fields).length
  return known.size > 0 && isOne && isWhole && !perhapsRefused.has(type.name) ? 'sure' : 'doubtful'
}

/** The next line, if it is a field at this indentation. */
function lineAt({ lines, at }: Scan, indent: number, first: boolean): PlainLine | undefined {
  const line = lines[at]
  if (line?.key === undefined) return undefined
  if (line.isItem) return first && line.indent + 2 === indent ? line : undefined
  return line.indent === indent ? line : undefined
}

interface Field {
  readonly line: PlainLine
  readonly indent: number
  readonly type: MessageType
}

function scanValue(scan: Scan, field: FieldType, { line, indent, type }: Field): Sureness {
  const { key = '', value } = line
  if (value !== undefined) {
    note(scan, type, key, value)
    return holds(field, value) && !isPerhapsRefused(key, value) ? 'sure' : 'doubtful'
  }
  const next = scan.lines[scan.at]
  if (next === undefined) return 'doubtful'
  if (field.kind === 'list')
    return next.isItem && next.indent >= indent
      ? scanList(scan, field.of, {
          indent: next.indent,
          isHosts: type === virtualServiceSpec && key === 'hosts',
        })
      : 'doubtful'
  if (next.isItem || next.indent <= indent) return 'doubtful'
  if (field.kind === 'message') return scanMessage(scan, field, next.indent)
  return field.kind === 'map' ? scanMap(scan, field.of, next.indent) : 'doubtful'
}

function isPerhapsRefused(key: string, value: PlainValue): boolean {
  if (key === 'weight') return Number(value) > allOf
  return key === 'regex' && !smallRegex.test(String(value))
}

function note({ found }: Scan, { name }: MessageType, key: string, value: PlainValue): void {
  const named = name === 'Delegate' ? found.delegates.at(-1) : name === 'ObjectMeta' ? found : undefined
  if (named !== undefined && (key === 'name' || key === 'namespace')) named[key] = String(value)
}

function scanList(
  scan: Scan,
  of: FieldType,
  { indent, isHosts }: { readonly indent: number; readonly isHosts: boolean },
): Sureness {
  for (
    let line = scan.lines[scan.at];
    line?.isItem === true && line.indent === indent;
    line = scan.lines[scan.at]
  ) {
    if (of.kind === 'message') {
      if (scanMessage(scan, of, indent + 2) === 'doubtful') return 'doubtful'
      continue
    }
    const { key, value } = line
    if (key !== undefined || value === undefined || !holds(of, value)) return 'doubtful'
    if (isHosts) scan.found.hosts.push(String(value))
    scan.at += 1
  }
  return 'sure'
}

function scanMap(scan: Scan, of: FieldType, indent: number): Sureness {
  const known = new Set<string>()
  for (let line = lineAt(scan, indent, false); line !== undefined; line = lineAt(scan, indent, false)) {
    const { key = '' } = line
    if (known.has(key)) return 'doubtful'
    known.add(key)
    scan.at += 1
    if (scanValue(scan, of, { line, indent, type: inMap }) === 'doubtful') return 'doubtful'
  }
  return 'sure'
}

const inMap = message('Map', { members: listOf(text) })

function holds(type: FieldType, value: PlainValue): boolean {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string'
    case 'enum':
      return typeof value === 'string' && type.values.includes(value)
    case 'duration':
      return typeof value === 'string' && goDuration(value) !== undefined
    case 'int32':
    case 'uint32':
    case 'double':
      return typeof value === 'number'
    case 'bool':
      return typeof value === 'boolean'
    default:
      return false
  }
}
