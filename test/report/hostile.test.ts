import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { terminalCheck, terminalRoutes } from '../../src/report/page/text/check-text.ts'
import { endless } from '../../src/report/print/screen.ts'
import { edited, replacing, unchanged } from './edited.ts'
import { expectPromises } from './promises.ts'
import { assessStory, contextOf, diffOf, readStory } from './story.ts'

const own = readStory('own-path')

const attack = fc.constantFrom(
  '@octocat',
  '#12',
  'GH-3',
  '[a](https://evil.example)',
  '<img src=x onerror=alert(1)>',
  'https://evil.example',
  'www.evil.example',
  '`',
  '```',
  '|',
  '\\|',
  '**',
  '__',
  '</details>',
  '-->',
  '<!-- firebreak:summary -->',
  '\u202e',
  '\u001b[31m',
  '\u0000',
  '\n',
  "'",
  '$(id)',
  '"',
  '%%',
)
const hostile = fc
  .array(fc.oneof(attack, fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))

/** What may come from a manifest, each in its own place. */
const manifest = fc
  .record({
    path: hostile,
    host: hostile.filter((text) => text !== ''),
    header: hostile,
    value: hostile,
    name: hostile,
    subset: hostile,
    rewrite: hostile,
    key: fc.constantFrom('exact', 'prefix', 'regex'),
  })
  .map(({ path, host, header, value, name, subset, rewrite, key }) =>
    JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace: 'ns9' },
      spec: {
        hosts: [host, 'fine.example'],
        gateways: ['default/bookinfo-gateway', 'mesh'],
        http: [
          {
            match: [
              { uri: { [key]: `/${path}` }, headers: { [header]: { exact: value } } },
              { uri: { prefix: '/' } },
            ],
            rewrite: { uri: rewrite },
            route: [{ destination: { host, subset } }],
            headers: { request: { set: { [header]: value } } },
          },
        ],
      },
    }),
  )

describe('whatever a manifest holds', () => {
  test('the report stays what it promises, and no control reaches the terminal', () => {
    fc.assert(
      fc.property(manifest, (text) => {
        const story = edited(unchanged(own), {
          head: { 'teams/login/new.json': text, 'teams/login/new.yaml': text },
        })
        const [assessment, context] = [assessStory(story), diffOf(story)]
        const tables = assessment.comparison.merged.meshes.flatMap((mesh) => mesh.tables)

        expectPromises(assessment, context)
        const printed = terminalCheck(assessment, endless) + terminalRoutes(tables, endless)
        expect(printed).not.toMatch(/[^\P{C}\n]/u)
      }),
      { numRuns: 40 },
    )
  })

  test('so do the ways out of it', () => {
    const login = 'teams/login/vs-1.yaml'
    fc.assert(
      fc.property(hostile, fc.constantFrom('broadened', 'added'), (text, how) => {
        const path = `exact: ${JSON.stringify(`/log${text}`)}`
        const account = `exact: ${JSON.stringify(`/account${text}`)}`
        const story = edited(unchanged(readStory('takes-logs')), {
          both: { [login]: replacing('exact: /login', path) },
          head: {
            [login]: how === 'broadened' ? replacing(path, 'prefix: /log') : replacing(path, account),
          },
        })
        const [assessment, context] = [assessStory(story), contextOf(story)]

        expectPromises(assessment, context)
        expect(terminalCheck(assessment, endless, context.waysOut)).not.toMatch(/[^\P{C}\n]/u)
      }),
      { numRuns: 8 },
    )
  })
})
