import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphDot, graphJson, graphMermaid } from '../../../src/report/page/graph.ts'
import { edited, replacing, unchanged } from '../edited.ts'
import { hugeStory } from '../huge.ts'
import { assessStory, readStory } from '../story.ts'

const own = readStory('own-path')
const primary = 'mesh/bookinfo.yaml'

/** All that a line of ours may be: no other text can get between the quotes. */
const grammar = new RegExp(
  `^(graph LR|${[
    String.raw`  n\d+(\["[^"\x60<>{}%]*"\]|\("[^"\x60<>{}%]*"\))`,
    String.raw`  n\d+ (-->|==>|--x|-\.->)\|"[^"\x60<>{}%]*"\| n\d+`,
    String.raw`  linkStyle \d+(,\d+)* stroke:#bf3989,stroke-width:3px`,
  ].join('|')})$`,
)

describe('the delegation graph', () => {
  test('shows the primaries concerned, with the delegations through which requests change marked', async () => {
    const { comparison } = assessStory(own)

    await expect(`${graphMermaid(comparison).lines.join('\n')}\n`).toMatchFileSnapshot(
      '../golden/graph/own-path.expected.mmd',
    )
    await expect(graphDot(comparison)).toMatchFileSnapshot('../golden/graph/own-path.expected.dot')
    await expect(`${JSON.stringify(graphJson(comparison), null, 2)}\n`).toMatchFileSnapshot(
      '../golden/graph/own-path.expected.json',
    )
  })

  test('marks what is new, gone and broken', async () => {
    const story = edited(unchanged(own), {
      head: { [primary]: (text) => replacing('name: vs-2', 'name: vs-3')(text) },
    })

    const { lines } = graphMermaid(assessStory(story).comparison)

    expect(lines.filter((line) => line.includes('|'))).toEqual([
      '  n0 -->|"/log*"| n1',
      '  n0 --x|"/*, not there, new"| n3',
      '  n0 -.->|"/*, removed"| n2',
    ])
  })

  test('is empty where nothing of it is concerned', () => {
    expect(graphMermaid(assessStory(unchanged(own)).comparison).lines).toEqual([])
  })

  test('is a list where it would be too large to read', () => {
    const { kind, lines } = graphMermaid(assessStory(hugeStory(60, 'consent: { many: 100 }\n')).comparison)

    expect(kind).toBe('list')
    expect(lines[0]).toBe('- `default/bookinfo` delegates `/team-01/*` to `team-01/team-01` (changed)')
  })

  test('no name of a manifest leaves its quotes', () => {
    const attack = fc.constantFrom(
      '"]',
      '")',
      '`',
      '%%{init: {}}%%',
      '<b>',
      ';',
      '\n',
      '#quot;',
      'end',
      '|',
      '$$x$$',
      '\u202e',
      '--> n0',
    )
    const prefix = fc
      .array(fc.oneof(attack, fc.string({ maxLength: 3 })), { maxLength: 4 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(prefix, (text) => {
        const story = edited(unchanged(own), {
          head: { [primary]: replacing('prefix: /log\n', `prefix: ${JSON.stringify(`/${text}`)}\n`) },
        })

        for (const line of graphMermaid(assessStory(story).comparison, 'all').lines)
          expect(line).toMatch(grammar)
      }),
      { numRuns: 40 },
    )
  })
})
