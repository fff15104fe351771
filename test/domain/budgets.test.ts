import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { beyond } from '../../src/domain/budget.ts'
import { budgets } from '../../src/domain/budgets.ts'

const path = 'docs/budgets.md'
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (each) => each.endsWith('.ts') && !/^domain\/budgets(-shown|-traffic)?\.ts$/.test(each),
)
const texts = new Map(sources.map((each) => [each, readFileSync(`src/${each}`, 'utf8')]))

/** The page as it is to be; `npx vitest run test/domain/budgets.test.ts -u` writes it. */
function page(): string {
  const rows = Object.entries(budgets).map(
    ([name, { size, unit, of, beyond: after }]) =>
      `| \`${name}\` | ${of} | ${size.toLocaleString('en')} ${unit} | ${after} |`,
  )
  const meanings = Object.entries(beyond).map(([name, meaning]) => `| ${name} | ${meaning} |`)
  return `${[
    '# Budgets',
    '',
    'Firebreak gives up at numbers that are counted, so that equal input gives up at the same place on every machine. Timed is only what',
    'nothing can be counted in: helm, what others take to send or to answer something, and a judgement as a whole, as a last resort.',
    'This page is written from `src/domain/budgets.ts`; a test holds it to that.',
    '',
    '| Beyond | What happens |',
    '| --- | --- |',
    ...meanings,
    '',
    '| Budget | What it limits | Size | Beyond |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')}\n`
}

test('the documentation says every budget', async () => {
  await expect(page()).toMatchFileSnapshot(`../../${path}`)
})

test('every budget limits something', () => {
  const unused = Object.keys(budgets).filter(
    (name) =>
      ![...texts.values()].some(
        (text) =>
          text.includes(`budgets.${name}.`) || text.includes(`'${name}'`) || text.includes(`${name}.size`),
      ),
  )

  expect(unused).toEqual([])
})

test('no number limits work or size but from the page of budgets', () => {
  const limit =
    /const \w*(?:[lL]imit|[mM]ost|[mM]ax|[lL]ongest|[dD]eepest|[wW]idest|[bB]udget|Work|[cC]oncurrency|Size)\w* = [\d_]+(?: \* [\d_]+)*$/gm
  const found = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(limit)].map(([line]) => `${file}: ${line}`),
  )

  // These are what Kubernetes, the Gateway API, Envoy, YAML and Unicode say, not limits of ours.
  expect(found.toSorted()).toEqual([
    'domain/deployment/argo-cd/names-of-folders.ts: const longest = 253',
    'domain/gateway-api/filters.ts: const defaultMaxAge = 5',
    'domain/manifest/validation/routes/refused-by-envoy.ts: const longestHeader = 16_384',
    'domain/manifest/validation/routes/refused-by-envoy.ts: const longestParameter = 1024',
    'domain/manifest/validation/routes/refused-by-envoy.ts: const mostHeaders = 1000',
    'domain/manifest/validation/routes/refused-patterns.ts: const longestProgram = 32_768',
    'domain/manifest/validation/values/dns-names.ts: const longestLabel = 63',
    'domain/manifest/validation/values/dns-names.ts: const longestName = 255',
    'domain/source/yaml/scan-tokens.ts: const longestKey = 1024',
    'domain/unmodelled/reading/hash-policies.ts: const longestName = 16_384',
  ])
})
