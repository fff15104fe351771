import { existsSync } from 'node:fs'
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { ownPackage } from '../../../src/package-file.ts'
import { sarifLog } from '../../../src/report/github/sarif.ts'
import { workflowCommands } from '../../../src/report/github/workflow-commands.ts'
import { denying } from '../../support/policy-sides.ts'
import { edited, unchanged } from '../edited.ts'
import { hugeStory } from '../huge.ts'
import { assessStory, readStory, type Story, storyNames } from '../story.ts'

/** The official schema, of draft 4: without its name and its draft, which this validator knows by newer words. */
const { $schema: _, id: __, ...official } = schema
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)
const isOfficial = ajv.compile(official)

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly locations?: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string }
      readonly region: { readonly startLine: number; readonly endLine: number }
    }
  }[]
}

interface Rule {
  readonly id: string
  readonly name: string
  readonly helpUri: string
  readonly fullDescription: { readonly text: string }
}

interface Run {
  readonly results: readonly Result[]
  readonly tool: {
    readonly driver: { readonly rules: readonly Rule[]; readonly semanticVersion: string }
  }
}

function runOf(story: Story): Run {
  const log = JSON.parse(JSON.stringify(sarifLog(assessStory(story), ownPackage()))) as {
    readonly runs: readonly [Run]
  }
  isOfficial(log)
  expect(isOfficial.errors ?? []).toEqual([])
  return log.runs[0]
}

function placesOf({ results }: Run, rule: string): readonly string[] {
  return results
    .filter(({ ruleId }) => ruleId === rule)
    .map(({ locations }) => {
      const [place] = locations ?? []
      return `${place?.physicalLocation.artifactLocation.uri}:${place?.physicalLocation.region.startLine}`
    })
}

describe('SARIF as GitHub reads it', () => {
  test.each(storyNames())('%s keeps to the official schema, and names each result by itself', (name) => {
    const { results, tool } = runOf(readStory(name))

    const names = results.map((result) => result.partialFingerprints['primaryLocationLineHash'] ?? '')
    expect(new Set(names).size).toBe(results.length)
    for (const each of names) expect(each).toMatch(/^[0-9a-f]{16}:\d+$/)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  })

  test('every rule has a name, a description and a page that is there', () => {
    const { rules, semanticVersion } = runOf(readStory('takes-logs')).tool.driver

    expect(semanticVersion).toBe(ownPackage().version)
    expect(rules.length).toBeGreaterThan(30)
    for (const { id, name, helpUri, fullDescription } of rules) {
      expect(name).toMatch(/^([A-Z][a-z]+)+$/)
      expect(fullDescription.text.length).toBeGreaterThan(id.length)
      expect(helpUri.startsWith(`${ownPackage().homepage}/blob/main/`)).toBe(true)
      expect(existsSync(helpUri.replace(`${ownPackage().homepage}/blob/main/`, ''))).toBe(true)
    }
  })

  test('traffic that another team loses, and the approval that is missing, stand on the changed line', () => {
    const run = runOf(readStory('takes-logs'))

    expect(placesOf(run, 'moved-traffic')).toEqual(['teams/login/vs-1.yaml:10'])
    expect(placesOf(run, 'missing-approval')).toEqual(['teams/login/vs-1.yaml:10'])
    expect(run.results.find(({ ruleId }) => ruleId === 'moved-traffic')).toMatchObject({
      level: 'warning',
      message: { text: expect.stringContaining('/logs*: today reviews, by catalog') },
    })
  })

  test('what everybody has agreed to is a note, and nothing is missing', () => {
    const run = runOf(readStory('takes-logs-approved'))

    expect(run.results.find(({ ruleId }) => ruleId === 'moved-traffic')?.level).toBe('note')
    expect(placesOf(run, 'missing-approval')).toEqual([])
  })

  test('traffic that is dropped, and traffic that another team captures', () => {
    expect(placesOf(runOf(readStory('third-match')), 'dropped-traffic')).toEqual(['teams/login/vs-1.yaml:13'])
    expect(placesOf(runOf(readStory('catch-all')), 'captured-traffic')).toHaveLength(1)
  })

  test("a correct change of one's own routes is no result", () => {
    expect(runOf(readStory('own-path')).results.filter(({ level }) => level !== 'note')).toEqual([])
  })

  test('a result keeps its name when lines move', () => {
    const story = readStory('takes-logs')
    const moved = edited(story, { head: { 'teams/login/vs-1.yaml': (text) => `# One line more\n\n${text}` } })
    const namesOf = (each: Story) =>
      runOf(each)
        .results.map((result) => result.partialFingerprints['primaryLocationLineHash'])
        .sort()

    expect(namesOf(moved)).toEqual(namesOf(story))
  })

  test('equal changes of many teams are one result', () => {
    const run = runOf(hugeStory(38, 'consent: { many: 100 }\n'))

    expect(placesOf(run, 'changed-traffic')).toHaveLength(1)
  })
})

test('workflow commands tell the same on the same lines', () => {
  const lines = workflowCommands(assessStory(readStory('takes-logs'))).split('\n')

  expect(lines).toContainEqual(
    expect.stringMatching(
      /^::warning file=teams\/login\/vs-1.yaml,line=10,endLine=10,title=moved-traffic::\/logs\*: today reviews/,
    ),
  )
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^::warning file=teams\/login\/vs-1.yaml,line=10,endLine=10,title=missing-approval::bookinfo\/catalog has not agreed/,
    ),
  )
})

test('what a policy refuses stands on the changed lines of the policy', () => {
  const path = 'teams/catalog/policy.yaml'
  const head = { [path]: denying('{ paths: ["/login*"] }') }
  const story = edited(unchanged(readStory('takes-logs')), { head })

  expect(placesOf(runOf(story), 'dropped-traffic')).toEqual([`${path}:1`])
  expect(workflowCommands(assessStory(story))).toContain(
    `file=${path},line=1,endLine=4,title=dropped-traffic`,
  )
})
