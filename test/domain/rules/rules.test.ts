import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../../src/domain/rules/index.ts'
import type { Finding, Rule } from '../../../src/domain/rules/rule.ts'
import { runRules } from '../../../src/domain/rules/run-rules.ts'
import type { Because } from '../../../src/domain/source/diagnostic.ts'
import { positionOf, type SourceRange } from '../../../src/domain/source/source-file.ts'
import { ended, wholeOf } from '../../../src/domain/words/sentence.ts'
import { said, written } from '../../support/said.ts'
import { readCases } from './read-case.ts'

const here = import.meta.dirname
const source = `${here}/../../../src/domain/rules`
const docs = `${here}/../../../docs/rules`

/** Judged where configuration, CODEOWNERS and the two sides are read, or delivered. */
const judges = [
  'broken-route-test',
  'expired-suppression',
  'invalid-codeowners',
  'invalid-configuration',
  'invalid-snapshot',
  'merge-conflict',
  'not-deployed',
]

/** Their codes may be those of whoever read the files. */
const handingOn = ['incomplete-analysis', 'invalid-manifest', 'rejected-by-proxy']

function place(range: SourceRange | undefined): string {
  if (range === undefined) return ''
  const { file, line, column } = positionOf(range)
  return `${file}:${line}:${column}`
}

function noteLine(because: Because): string {
  const { range } = because
  return `  why    ${said(because)}${range === undefined ? '' : ` (${place(range)})`}`
}

function printed(finding: Finding): string {
  const { range, severity, rule, effect, status, because, todo, teams, admission } = finding
  return [
    `${place(range)} ${severity} ${rule} ${status} ${effect}${admission ? ` admission ${admission}` : ''}`.trim(),
    `  ${written(ended(wholeOf(finding)))}`,
    ...because.map(noteLine),
    ...(todo === undefined ? [] : [`  to do  ${written(ended(todo))}`]),
    ...(teams.length === 0 ? [] : [`  teams  ${teams.map(({ label }) => label).join(', ')}`]),
  ].join('\n')
}

function findingsOf(rule: Rule, comparison: Parameters<typeof runRules>[1]): readonly Finding[] {
  const found = runRules(rules, comparison, (each) => each.effect, true)
  return found.filter((finding) => finding.rule === rule.id || finding.effect === 'block')
}

for (const rule of rules.filter(({ id }) => !judges.includes(id))) {
  describe(rule.id, () => {
    const cases = readCases(`${here}/${rule.id}`)

    it('has a case that fires and one that stays silent', () => {
      const firing = cases.map(
        ({ comparison }) => runRules([rule], comparison, () => rule.effect, true).length > 0,
      )
      expect(firing).toContain(true)
      expect(firing).toContain(false)
    })

    for (const { name, comparison, wanted } of cases) {
      it(`${name}: finds what is wanted, where it is wanted, and says it as written down`, async () => {
        const findings = findingsOf(rule, comparison)

        const found = findings
          .filter(({ status, range }) => status !== 'fixed' && range !== undefined)
          .map(({ range, rule: id }) => `${place(range).replace(/:\d+$/, '')} ${id}`)
        expect(found.sort()).toEqual(wanted)
        for (const { rule: id, code } of findings)
          expect(handingOn.includes(id) || `${code}.`.startsWith(`${id}.`), code).toBe(true)
        if (findings.length > 0) {
          const text = `${findings.map(printed).join('\n\n')}\n`
          await expect(text).toMatchFileSnapshot(`${here}/${rule.id}/${name}.expected.txt`)
        }
      })
    }
  })
}

describe('the catalogue', () => {
  const sources = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )
  const camel = (id: string) => id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

  it('is sorted and names each rule once', () => {
    const ids = rules.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort())
  })

  it.each(rules.map(({ id }) => id))('%s is the name of its file, its constant and its page', (id) => {
    const text = textOf(fileOf(id) ?? '')
    expect(text).toContain(`export const ${camel(id)}: Rule = {`)
    expect(text).toContain(`id: '${id}'`)
    expect(existsSync(`${docs}/${id}.md`)).toBe(true)
    expect(readFileSync(`${docs}/${id}.md`, 'utf8')).toMatch(new RegExp(`^# ${id}\n`))
  })

  it('holds every rule that there is a file, a page or a folder of cases for', () => {
    const ids = rules.map(({ id }) => id)
    const files = sources.filter((path) => textOf(path).includes(': Rule = {'))
    expect(files.map((path) => basename(path, '.ts')).sort()).toEqual(ids)
    expect(
      readdirSync(docs)
        .map((name) => name.replace('.md', ''))
        .filter((name) => name !== 'README')
        .sort(),
    ).toEqual(ids)
    const folders = readdirSync(here, { withFileTypes: true }).filter(
      (each) =>
        each.isDirectory() && readdirSync(`${here}/${each.name}`).some((name) => name.endsWith('.yaml')),
    )
    expect(folders.map(({ name }) => name).sort()).toEqual(ids.filter((id) => !judges.includes(id)))
  })

  it('is listed in order with what each rule leads to, which its page says, too', () => {
    const rows = readFileSync(`${docs}/README.md`, 'utf8').matchAll(
      /^\| \[(.+?)\]\((.+?)\.md\) \| .+ \| (\S+) \|$/gm,
    )
    expect([...rows].map(([, name, page, effect]) => [name, page, effect])).toEqual(
      rules.map(({ id, effect }) => [id, id, effect]),
    )
    for (const { id, effect, configurable } of rules) {
      const page = readFileSync(`${docs}/${id}.md`, 'utf8')
      expect(page).toContain(`Default: **${effect}**.`)
      expect(page.includes('This rule cannot be configured.'), id).toBe(!configurable)
      expect(page.includes(`  ${id}: report # block`), id).toBe(configurable)
    }
  })

  function textOf(path: string): string {
    return readFileSync(`${source}/${path}`, 'utf8')
  }

  function fileOf(id: string): string | undefined {
    return sources.find((path) => basename(path) === `${id}.ts`)
  }
})
