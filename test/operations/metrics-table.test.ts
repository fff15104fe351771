import { expect, test } from 'vitest'
import { budgets } from '../../src/domain/budgets.ts'
import { buildInfo, type Metric, metrics } from '../../src/operations/metrics-table.ts'

function labelsOf({ labels }: Metric): string {
  const all = Object.entries(labels).map(([label, values]) =>
    values.length === Object.keys(budgets).length
      ? `\`${label}\`: a name of [budgets.md](budgets.md)`
      : `\`${label}\`: ${values.join(', ')}`,
  )
  return all.join('; ') || '-'
}

/** The page as it is to be; `npx vitest run test/operations/metrics-table.test.ts -u` writes it. */
function page(): string {
  const rows = Object.values<Metric>(metrics).map(
    (metric) => `| \`${metric.name}\` | ${metric.type} | ${metric.help} | ${labelsOf(metric)} |`,
  )
  return `${[
    '# Metrics',
    '',
    'What `/metrics` says ([operations.md](operations.md)), in the text format of Prometheus. Labels say nothing that anybody outside could choose:',
    'what is not listed here is `other`. A counter with few series begins with each at 0.',
    'This page is written from `src/operations/metrics-table.ts`; a test holds it to that.',
    '',
    '| Metric | Kind | Meaning | Labels |',
    '| --- | --- | --- | --- |',
    `| \`${buildInfo.name}\` | gauge | ${buildInfo.help} | \`${buildInfo.label}\` |`,
    ...rows,
  ].join('\n')}\n`
}

test('the documentation says every metric, with all that its labels can say', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/metrics.md')
})

test('no two metrics have one name', () => {
  const names = Object.values<Metric>(metrics).map(({ name }) => name)

  expect(new Set(names).size).toBe(names.length)
})
