import { describe, expect, test } from 'vitest'
import { type PageGraph, pageGraph } from '../../../../src/report/page/graph/page-graph.ts'
import { teamNames } from '../../../../src/report/sentences/requests/team-names.ts'
import { edited, replacing, unchanged } from '../../edited.ts'
import { assessStory, readStory, type Story } from '../../story.ts'

const own = readStory('own-path')
const primary = 'mesh/bookinfo.yaml'
const catalog = 'teams/catalog/vs-2.yaml'

function graphOf(story: Story): PageGraph {
  const { comparison } = assessStory(story)
  const sides = [comparison.base, comparison.merged]
  return pageGraph(
    comparison,
    teamNames(
      comparison.ownership,
      sides.flatMap(({ manifests }) => manifests.virtualServices),
    ),
  )
}

/** Every reference as a line: matches, mark, whither, and what becomes of that. */
function lines({ groups }: PageGraph): readonly string[] {
  return groups.flatMap(({ primary: { name }, edges }) =>
    edges.map(({ prefixes, mark, to }) =>
      [name, prefixes.join(' '), mark, to.name, to.mark, to.was, to.team].filter(Boolean).join(' | '),
    ),
  )
}

describe('the graph of a page', () => {
  test('says of each reference and of each VirtualService whether it changes, and whose it is', () => {
    expect(lines(graphOf(own))).toEqual([
      'default/bookinfo | /log* | changed | ns1/vs-1 | changed | login',
      'default/bookinfo | /* | same | ns1/vs-2 | same | catalog',
    ])
  })

  test('marks what is missing, and what is not referred to any more', () => {
    const story = edited(unchanged(own), { head: { [primary]: replacing('name: vs-2', 'name: vs-3') } })

    expect(lines(graphOf(story))).toEqual([
      'default/bookinfo | /* | missing | ns1/vs-3 | missing',
      'default/bookinfo | /* | removed | ns1/vs-2 | same | catalog',
      'default/bookinfo | /log* | same | ns1/vs-1 | same | login',
    ])
  })

  test('knows one that has another name, and the reference that has moved along', () => {
    const story = edited(unchanged(own), {
      head: {
        [primary]: replacing('name: vs-2', 'name: vs-two'),
        [catalog]: replacing('name: vs-2', 'name: vs-two'),
      },
    })

    expect(lines(graphOf(story))).toEqual([
      'default/bookinfo | /* | renamed | ns1/vs-two | renamed | ns1/vs-2 | catalog',
      'default/bookinfo | /log* | same | ns1/vs-1 | same | login',
    ])
  })

  test('knows it by the matches that it was given, where it says something else besides', () => {
    const story = edited(unchanged(own), {
      head: {
        [primary]: replacing('name: vs-2', 'name: vs-two'),
        [catalog]: (text) => replacing('name: vs-2', 'name: vs-two')(replacing('/static', '/statics')(text)),
      },
    })

    expect(lines(graphOf(story))[0]).toBe(
      'default/bookinfo | /* | renamed | ns1/vs-two | renamed | ns1/vs-2 | catalog',
    )
  })

  test('does not take a new name for the old one while that is still referred to', () => {
    const story = edited(unchanged(own), { head: { [catalog]: replacing('name: vs-2', 'name: vs-two') } })
    const graph = graphOf(story)

    expect(lines(graph)).toEqual([
      'default/bookinfo | /* | missing | ns1/vs-2 | missing',
      'default/bookinfo | /log* | same | ns1/vs-1 | same | login',
    ])
    expect(graph.apart.map(({ name, mark }) => `${name} ${mark}`)).toEqual(['ns1/vs-two renamed'])
  })

  test('has whatever neither delegates nor is delegated to apart', () => {
    const alone = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: alone, namespace: ns1 }
spec:
  hosts: [alone.example]
  http: [{ route: [{ destination: { host: alone.ns1.svc.cluster.local } }] }]
`
    const graph = graphOf(edited(unchanged(own), { head: { 'teams/login/alone.yaml': alone } }))

    expect(graph.apart.map(({ name, mark, team }) => `${name} ${mark} ${team}`)).toEqual([
      'ns1/alone added login',
    ])
  })
})
