import { expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import type { Gateway } from '../../../src/domain/manifest/gateway.ts'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'
import { answerOf, exact, to } from '../../support/worked-mesh.ts'

const aged = <T extends Gateway | VirtualService>(each: T, day: number): T => ({
  ...each,
  inCluster: { created: `2026-01-0${day}T00:00:00Z`, snapshot: 'cluster.yaml' },
})
const at = (name: string, ...hosts: readonly string[]) =>
  gateway(`n/${name}`, {
    selector: { app: 'gw' },
    servers: hosts.map((host, index) => ({
      port: { number: 80, name: `http-${index}`, protocol: 'HTTP' },
      hosts: [host],
    })),
  })
const on = (namespace: string, answer: string, gatewayName: string) =>
  virtualService(`${namespace}/${answer}`, {
    hosts: ['a.example'],
    gateways: [`n/${gatewayName}`],
    http: [to(answer, exact('/a'))],
  })

/** What is told at the Gateway where both VirtualServices go. */
function lost(services: readonly VirtualService[], gateways: readonly Gateway[]): readonly string[] {
  const { changes } = compare(manifests(services, gateways), manifests([], gateways), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  const told = changes.map((each) => `${answerOf(each.before)}${each.certain ? '' : ' perhaps'}`)
  return [...new Set(told)].toSorted()
}

const [young, old] = [aged(on('n', 'young', 'first'), 9), aged(on('n', 'old', 'second'), 3)]

it.each([
  [
    'the older Gateway`s, whoever is older',
    [aged(at('first', '*'), 1), aged(at('second', '*'), 2)],
    ['young'],
  ],
  ['the other`s, if that Gateway is older', [aged(at('first', '*'), 2), aged(at('second', '*'), 1)], ['old']],
  [
    'not certain without the ages of the Gateways',
    [at('first', '*'), at('second', '*')],
    ['old perhaps', 'young perhaps'],
  ],
])('a plain port asks the VirtualServices of one Gateway after the other: %s', (_, gateways, answers) => {
  expect(lost([young, old], gateways)).toEqual(answers)
})

it('within one Gateway the first server comes first, within one server the older VirtualService', () => {
  const [mine, theirs] = [aged(on('m', 'mine', 'one'), 3), aged(on('n', 'theirs', 'one'), 9)]

  expect(lost([mine, theirs], [at('one', 'n/a.example', 'm/a.example')])).toEqual(['theirs'])
  expect(lost([mine, theirs], [at('one', '*')])).toEqual(['mine'])
})

/** What changes for the requests of one host where the Gateways are others. */
function changed(services: readonly VirtualService[], before: readonly Gateway[], after: readonly Gateway[]) {
  const { changes } = compare(manifests(services, before), manifests(services, after), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  return changes.map(
    (each) =>
      `${each.gateway}: ${answerOf(each.before)} -> ${answerOf(each.after)}${each.certain ? '' : ' perhaps'}`,
  )
}

it('where nobody knows which of two Gateways is older, who comes first in the other one perhaps answers', () => {
  const both = virtualService('n/both', {
    hosts: ['a.example'],
    gateways: ['n/one', 'n/two'],
    http: [to('both', exact('/a'))],
  })
  const theirs = on('m', 'theirs', 'two')
  const exported: VirtualService = { ...theirs, spec: { ...theirs.spec, exportTo: ['edge'] } }
  const { changes } = compare(
    manifests([both, theirs], [at('one', '*'), at('two', '*')]),
    manifests([both, exported], [at('one', '*'), at('two', '*')]),
    {
      settings: { ...defaultIstioSettings, gatewayNamespaces: ['edge'] },
      complete: true,
      ownership: createOwnership(undefined),
      meshOf: () => 'default',
    },
  )
  const told = changes.map((each) => [answerOf(each.before), answerOf(each.after), each.certain])

  expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify(['both', 'theirs', false])]),
  )
  expect(changes.flatMap(({ doubts }) => doubts.map(({ cause }) => cause))).toContainEqual({
    code: 'creation-order',
    of: ['n/one', 'n/two'],
  })
})

const [first, second] = [aged(at('first', '*'), 1), aged(at('second', '*'), 2)]
const elsewhere = aged(at('first'), 1)

it('where the sides read the VirtualServices in different orders, another one answers', () => {
  const both = virtualService('n/both', {
    hosts: ['a.example'],
    gateways: ['n/first', 'n/second'],
    http: [to('both', exact('/a'))],
  })
  const older = aged(on('n', 'older', 'second'), 3)

  expect(changed([older, aged(both, 4)], [first, second], [elsewhere, second])).toEqual([
    'n/first: both -> older',
    'n/second: both -> older',
  ])
  expect(changed([older, both], [first, second], [elsewhere, second])).toEqual([
    'n/first: both -> older perhaps',
    'n/second: both -> older perhaps',
  ])
})
