import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CheckChange, SuppliedRoute, WitnessRequest } from '../../src/report/page/json/contract.ts'
import { curlOf, requestText } from '../../src/report/sentences/requests/curl.ts'
import { type Files, firebreak, folder } from './fake-terminal.ts'

const cases = join(import.meta.dirname, '../cases')

/** One answer of `explain --format json`. */
interface Answer {
  readonly mesh: string
  readonly gateway: string
  readonly outcome: string
  readonly virtualService?: string
  readonly action?: object
}

async function changesBetween(path: string): Promise<readonly CheckChange[]> {
  const { out } = await firebreak(path, 'check', '--base', 'base', '--head', 'head', '--format', 'json')
  return (JSON.parse(out) as { changes: readonly CheckChange[] }).changes
}

async function answersTo(path: string, side: string, request: string): Promise<readonly Answer[]> {
  const { out, code } = await firebreak(path, 'explain', side, request, '--format', 'json')
  expect(code).toBe(0)
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
}

/** The line that people are shown, unless it says more of the client than a request can. */
function lineOf(witness: WitnessRequest, host: string, gateway: string): readonly string[] {
  const curl = curlOf(witness, host)
  if (gateway !== 'mesh') return curl === undefined ? [] : [curl]
  const line = requestText(witness, host)
  return / (?:with|from) /.test(line) ? [] : [`${line}, inside the mesh`]
}

function routeOf(route: SuppliedRoute | null) {
  return route === null
    ? { virtualService: undefined, action: undefined }
    : { virtualService: route.virtualService, action: route.action }
}

/** Each witness that `check` prints of what is certain, pasted into `explain`, gets what check said. */
async function expectExplained(path: string): Promise<number> {
  const changes = (await changesBetween(path)).filter(({ certain, witness }) => certain && witness !== null)
  for (const { witness, mesh, host, gateway, gateways = [], before, after } of changes) {
    if (witness === null) continue
    const requests = [JSON.stringify(witness), ...lineOf(witness, host, gateway)]
    const sides = [
      ['base', before],
      ['head', after],
    ] as const
    for (const [side, said] of sides)
      for (const request of requests) {
        const answers = await answersTo(path, side, request)
        const found = answers
          .filter((each) => each.mesh === mesh && [gateway, ...gateways].includes(each.gateway))
          .map(({ virtualService, action }) => ({ virtualService, action }))
        const isSilent = said === null && found.length === 0
        if (!isSilent) expect(found, `${side}: ${request}`).toContainEqual(routeOf(said))
      }
  }
  return changes.length
}

function virtualService(metadata: string, spec: string, subset: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: ${metadata}
spec:
  ${spec}
  http:
    - match: [{ uri: { prefix: /a } }]
      route: [{ destination: { host: reviews, subset: ${subset} } }]
    - route: [{ destination: { host: reviews } }]
`
}

function sides(metadata: string, spec: string): Files {
  return {
    'base/a.yaml': virtualService(metadata, spec, 'v1'),
    'head/a.yaml': virtualService(metadata, spec, 'v2'),
  }
}

const twoMeshes = 'meshes: [{ name: one, paths: [a.yaml] }, { name: two, paths: ["**"] }]\n'
const named = '{ name: reviews, namespace: shop }'

describe('what check prints as a witness, pasted into explain', () => {
  const stories = readdirSync(cases, { withFileTypes: true }).filter((each) => each.isDirectory())

  it.each(stories.map(({ name }) => name))('gets the same: %s', async (name) => {
    const path = folder()
    cpSync(join(cases, name), path, { recursive: true })

    await expectExplained(path)
  })

  it.each<[string, Files]>([
    ['a short name in a namespace that nothing says', sides('{ name: reviews }', 'hosts: [reviews]')],
    ['a short name', sides(named, 'hosts: [reviews]')],
    ['a service by its whole name', sides(named, 'hosts: [reviews.shop.svc.cluster.local]')],
    ['a wildcard inside the mesh', sides(named, 'hosts: ["*.shop.svc.cluster.local"]')],
    ['what only its own namespace sees', sides(named, 'hosts: [reviews]\n  exportTo: ["."]')],
    ['the same without a namespace', sides('{ name: reviews }', 'hosts: [reviews]\n  exportTo: ["."]')],
    [
      'many meshes',
      {
        ...sides(named, 'hosts: [reviews]'),
        'base/.github/firebreak.yml': twoMeshes,
        'head/.github/firebreak.yml': twoMeshes,
      },
    ],
  ])('gets the same: %s', async (_, files) => {
    expect(await expectExplained(folder(files))).toBeGreaterThan(0)
  })
})
