import { expect, it } from 'vitest'
import { evaluate } from '../../src/app/evaluate.ts'
import { nobody } from '../../src/commands/given/members.ts'
import { proposalOf } from '../../src/commands/given/proposal.ts'
import { visibleJson } from '../../src/domain/words/visible.ts'
import { checkJson } from '../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../src/report/page/text/check-text.ts'
import { endless } from '../../src/report/print/screen.ts'
import { charts } from '../support/helm.ts'
import { memoryStore } from '../support/memory-store.ts'

const primary = (timeout: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shops }
spec:
  hosts: [shop]
  http:
    - match: [{ uri: { regex: "/login.*" }, withoutHeaders: { beta: { exact: "1" } } }]
      delegate: { name: login }
    - route: [{ destination: { host: front } }]
      timeout: ${timeout}
`

const secondary = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: login, namespace: shops }
spec:
  http:
    - match: [{ uri: { prefix: /login/a } }]
      route: [{ destination: { host: login } }]
`

const base = { 'a/shop.yaml': primary('1s'), 'b/login.yaml': secondary, CODEOWNERS: '/a/ @o/a\n/b/ @o/b\n' }

/** Each is judged by other rules of Istio, with other names, or in other meshes. */
const configurations = [
  'complete: true\n',
  'istio: { version: "1.10" }\n',
  'istio: { clusterDomain: other.local }\n',
  'meshes: [{ name: one, paths: ["a/**"] }, { name: two, paths: ["b/**"] }]\n',
]

/** What is written as a text is the same object each time it is read; what is written as bytes is new. */
async function judged(configuration: string, as: (text: string) => string | Uint8Array) {
  const storeOf = (texts: Readonly<Record<string, string>>) =>
    memoryStore(
      Object.fromEntries(
        Object.entries({ ...texts, '.github/firebreak.yml': configuration }).map(([path, text]) => [
          path,
          as(text),
        ]),
      ),
    )
  const { proposal, pull, source } = await proposalOf(
    { base: 'base', head: 'head', author: 'carla', approvedBy: [], members: nobody, charts },
    {
      base: storeOf(base),
      merged: { kind: 'files', store: storeOf({ ...base, 'a/shop.yaml': primary('2s') }) },
    },
  )
  const { assessment, ways } = await evaluate({ ...proposal, today: '2026-01-02' }, source, pull.head)
  return [visibleJson(checkJson(assessment)), terminalCheck(assessment, endless, ways())].join('\n')
}

it('what was judged before, by whatever configuration, changes no byte of a verdict', async () => {
  const anew = await Promise.all(
    configurations.map((each) => judged(each, (text) => new TextEncoder().encode(text))),
  )
  expect(new Set(anew).size).toBe(configurations.length)

  const order = [...configurations.keys()]
  for (const index of [...order, ...order.toReversed()])
    expect(await judged(configurations[index] ?? '', (text) => text)).toBe(anew[index])
})
