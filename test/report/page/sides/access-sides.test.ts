import { expect, it } from 'vitest'
import type { Comparison } from '../../../../src/domain/diff/comparison.ts'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import type { Mesh } from '../../../../src/domain/routing/snapshot.ts'
import { readSides } from '../../../../src/report/page/sides/read-sides.ts'
import { writeSides } from '../../../../src/report/page/sides/write-sides.ts'
import { explainText } from '../../../../src/report/page/text/explain-text.ts'
import { scriptJson } from '../../../../src/report/print/html-text.ts'
import { endless } from '../../../../src/report/print/screen.ts'
import { comparedTexts, denying, policy } from '../../../support/policy-sides.ts'

const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: istio-system }\nspec: { selector: { istio: ingressgateway }, ports: [{ port: 80, targetPort: 8080 }] }\n'
const beside = {
  'svc.yaml': service,
  'a.yaml': `# one\n# two\n${denying('{ paths: ["/login/admin*"], ports: ["8080"] }', { name: 'a' })}`,
  'b.yaml': policy('rules: [{ to: [{ operation: { hosts: ["*.example"] } }] }]', { name: 'b' }),
  'c.yaml': denying('{ paths: [/shop] }', {
    name: 'c',
    namespace: 'shop',
    selector: 'selector: { matchLabels: { istio: ingressgateway, zone: a } },',
  }),
}

function said(meshes: readonly Mesh[], authority: string, path: string): string {
  const request = { method: 'GET', scheme: 'http', headers: {}, authority, path }
  return explainText(
    request,
    createExplainer(meshes, defaultIstioSettings).explain(request),
    endless,
    () => undefined,
  )
}

const written = (comparison: Comparison) => JSON.parse(scriptJson(writeSides(comparison, () => undefined)))

it('a page says of refused requests what explain says', () => {
  const comparison = comparedTexts({}, beside)
  const read = readSides(written(comparison))

  for (const [authority, path] of [
    ['login.example', '/login/admin/x'],
    ['login.example', '/login'],
    ['shop.example', '/shop'],
    ['shop.example:80', '/'],
    ['nobody.test', '/'],
  ] as const) {
    expect(said(read.merged, authority, path)).toBe(said(comparison.merged.meshes, authority, path))
    expect(said(read.base ?? [], authority, path)).toBe(said(comparison.base.meshes, authority, path))
  }
  expect(said(read.merged, 'login.example', '/login/admin/x')).toContain(
    '403, refused by AuthorizationPolicy istio-system/a  (a.yaml:5)',
  )
  expect(said(read.merged, 'shop.example:80', '/')).toContain(
    '403, not allowed by AuthorizationPolicy istio-system/b',
  )
})

it('nothing is written where no policy refuses anything', () => {
  expect(
    scriptJson(
      writeSides(comparedTexts({}, { 'p.yaml': policy('action: AUDIT, rules: [{}]') }), () => undefined),
    ),
  ).not.toContain('"access"')
})
