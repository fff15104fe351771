import { expect, it } from 'vitest'
import { byAccess } from '../../../../src/domain/diff/access/access-of-target.ts'
import { comparedTexts, policy, type Texts } from '../../../support/policy-sides.ts'

const service: Texts = {
  'svc.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: istio-system }\nspec: { selector: { istio: ingressgateway }, ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: 8081 }] }\n',
}
const onPort = (port: string) =>
  policy(`action: DENY, rules: [{ to: [{ operation: { ports: ["${port}"] } }] }]`)

const nothing = { hosts: ['*'], hostList: 0, doubts: [], base: [], merged: [], host: '*' }

function portsApart(
  base: Texts,
  merged: Texts,
  names = { base: 'istio-system/gw', merged: 'istio-system/gw' },
) {
  const [before, after] = [comparedTexts(base, merged)].map(({ base: one, merged: other }) => [
    one.meshes[0],
    other.meshes[0],
  ])[0] ?? [undefined, undefined]
  const sides = { base: before, merged: after, renamed: new Map<string, string>() }
  return byAccess({ ...nothing, names, ports: [80, 81, 82] }, sides).map(({ target, access }) => ({
    ports: target.ports,
    refuses: [access.base, access.merged].map(({ applied }) => applied.length),
  }))
}

it('a target stays whole where policies treat all its ports alike', () => {
  expect(portsApart({}, {})).toEqual([{ ports: [80, 81, 82], refuses: [0, 0] }])
})

it('ports are told apart by the ports of the pods to which they lead', () => {
  const told = portsApart(service, { ...service, 'p.yaml': onPort('8081') })

  expect(told.map(({ ports }) => ports)).toEqual([[80], [81], [82]])
  expect(told.every(({ refuses }) => refuses.join() === '0,1')).toBe(true)
})

it('the mesh has no policies of its own here', () => {
  expect(portsApart({}, { 'p.yaml': onPort('80') }, { base: 'mesh', merged: 'mesh' })).toEqual([
    { ports: [80, 81, 82], refuses: [0, 0] },
  ])
})
