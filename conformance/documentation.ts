import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KindFigures, Recording } from './frozen.ts'
import { skips } from './skips.ts'

const root = join(import.meta.dirname, '..')

/** Writes the figures into the README and docs/conformance.md, between their marks. */
export function writeDocumentation(recording: Recording): void {
  for (const [path, text] of [
    ['README.md', sentenceOf(recording)],
    ['docs/conformance.md', tableOf(recording)],
  ] as const)
    writeFileSync(join(root, path), documented(readFileSync(join(root, path), 'utf8'), text))
}

const [start, end] = ['<!-- conformance -->', '<!-- /conformance -->']

/** A text with other words between the marks. */
export function documented(text: string, between: string): string {
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`The marks ${start} and ${end} are not there`)
  return `${before}${start}\n${between}\n${end}${after}`
}

/** What was compared, in one sentence. */
export function sentenceOf({ istio, envoy, figures }: Recording): string {
  const total = (count: (each: KindFigures) => number) => figures.reduce((sum, each) => sum + count(each), 0)
  const differences = total(skippedIn)
  return `Compared with Istio ${istio} and Envoy ${envoy}: ${total(({ pairs }) => pairs)} pairs of meshes, ${total(({ requests }) => requests)} requests on both sides, ${differences} differences, all of ${skips.length} known ${skips.length === 1 ? 'class' : 'classes'} ([docs/conformance.md](docs/conformance.md)).`
}

function skippedIn({ skipped }: KindFigures): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0)
}

/** The figures of each kind, and why each class of differences is known. */
export function tableOf({ istio, envoy, figures, objects, destinationRules }: Recording): string {
  const names = ['kind', 'pairs', 'objects', 'requests', 'witnesses', 'refused by Envoy', 'known differences']
  const rows = figures.map((each) => [
    each.kind,
    each.pairs,
    each.objects,
    each.requests,
    each.witnesses,
    each.refusedByEnvoy,
    Object.entries(each.skipped)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || '0',
  ])
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [
    `Istio ${istio}, Envoy ${envoy}:`,
    '',
    ...[line(names), line(names.map(() => '---')), ...rows.map(line)],
    '',
    `Of ${objects.asked} objects with odd values the webhook refuses ${objects.refused}: the same ones as we.`,
    '',
    `In ${destinationRules.meshes} meshes of DestinationRules pods were asked ${destinationRules.asked} times which subsets of a service they have: the same ones as we say.`,
    '',
    ...skips.map((each) => `- \`${each.class}\`: ${each.reason}`),
  ].join('\n')
}
