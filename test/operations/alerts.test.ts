import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { buildInfo, type Metric, metrics } from '../../src/operations/metrics-table.ts'

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook: string }
}

const file = parse(readFileSync('docs/alerts.yml', 'utf8')) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
}
const rules = file.groups.flatMap((group) => group.rules)

/** The labels of each series that is exposed, with all that they can say. */
const series = new Map<string, Metric['labels']>([
  [buildInfo.name, {}],
  ...Object.values<Metric>(metrics).flatMap(({ name, type, labels }) =>
    (type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']).map(
      (part) => [name + part, labels] as const,
    ),
  ),
])

/** What stands at the nodes of one kind in an expression. */
function at(kind: string, expression: string): readonly string[] {
  const found: string[] = []
  parser.parse(expression).iterate({
    enter: ({ name, from, to }) => {
      if (name === kind) found.push(expression.slice(from, to))
    },
  })
  return found
}

/** `name{label="a|b"}` as its name and what each label may be. */
function selectorOf(text: string) {
  const [name = ''] = at('Identifier', text)
  const matchers = [...text.matchAll(/(?<label>[a-z]+)(?:=~|=)"(?<values>[^"]*)"/g)]
  return {
    name,
    wanted: matchers.map(({ groups }) => ({
      label: groups?.['label'] ?? '',
      values: groups?.['values']?.split('|') ?? [],
    })),
  }
}

const selectors = rules.flatMap(({ expr }) => at('VectorSelector', expr).map(selectorOf))

test('every expression is one of PromQL', () => {
  const broken = rules.filter(({ expr }) => at('⚠', expr).length > 0)

  expect(broken).toEqual([])
  expect(at('⚠', 'rate(x[5m]')).not.toEqual([])
})

test('every metric that is asked for is exposed', () => {
  expect(selectors.length).toBeGreaterThan(15)
  expect(selectors.map(({ name }) => name).filter((name) => !series.has(name))).toEqual([])
})

test('no label is asked for that is never said', () => {
  const silent = selectors.filter(({ name, wanted }) =>
    wanted.some(
      ({ label, values }) => !values.every((value) => series.get(name)?.[label]?.includes(value) ?? false),
    ),
  )

  expect(silent).toEqual([])
  expect(selectors.flatMap(({ wanted }) => wanted).length).toBeGreaterThan(7)
})

test('every alert has a name of its own, says how urgent it is and in a sentence what is wrong', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const { labels, annotations, for: lasting } of rules) {
    expect(['page', 'ticket', 'note']).toContain(labels.severity)
    expect(annotations.summary).toMatch(/^\S.*\.$/)
    expect(lasting ?? '1m').toMatch(/^\d+m$/)
  }
})

test('every alert leads to a section of the page that says what to do, and every section is led to', () => {
  const page = readFileSync('docs/operations.md', 'utf8')
  const failures = page.split('## What each failure looks like')[1]?.split('\n## ')[0] ?? ''
  const sections = [...failures.matchAll(/^### (?<title>.+)$/gm)].map(({ groups }) =>
    (groups?.['title'] ?? '').toLowerCase().replaceAll(' ', '-'),
  )

  const led = new Set(rules.map(({ annotations }) => annotations.runbook.replace('operations.md#', '')))
  expect([...led].toSorted()).toEqual(sections.toSorted())
})
