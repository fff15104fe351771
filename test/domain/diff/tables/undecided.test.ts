import { expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { manifests, virtualService } from '../../../support/meshes.ts'
import { answerOf, exact, prefix, to } from '../../../support/worked-mesh.ts'

const teams = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const ownership = createOwnership(
  parseCodeowners({ path: 'CODEOWNERS', text: teams.map((team) => `/${team}/ @o/${team}\n`).join('') }),
)

/** So many VirtualServices on the same requests that not every order of creation is tried. */
const crowd = (answers: Readonly<Record<string, string>>) =>
  manifests(
    teams.map((team) =>
      virtualService(
        `n/${team}`,
        { hosts: ['shop.example'], gateways: ['gw'], http: [to(answers[team] ?? team, prefix('/x'))] },
        `${team}/vs.yaml`,
      ),
    ),
  )

const changes = (before: Record<string, string>, after: Record<string, string>) =>
  compare(crowd(before), crowd(after), {
    settings: defaultIstioSettings,
    complete: true,
    ownership,
    meshOf: () => 'default',
  }).changes

it('what could not be followed is told with every end that is possible for those who changed', () => {
  const found = changes({}, { a: 'new' })

  expect(found.map(({ before, after }) => [answerOf(before), answerOf(after)])).toContainEqual(['a', 'new'])
  expect(found.flatMap(({ touched }) => touched.map(({ label }) => label))).toContain('@o/a')
})

it('nothing is told where nothing changes, however many there are', () => {
  expect(changes({}, {})).toEqual([])
})

it('whoever comes may take requests from everybody who was there', () => {
  const others = { settings: defaultIstioSettings, complete: true, ownership, meshOf: () => 'default' }
  const newcomer = virtualService(
    'n/z',
    { hosts: ['shop.example'], gateways: ['gw'], http: [to('z', exact('/x/1'))] },
    'z/vs.yaml',
  )
  const before = crowd({})
  const after = manifests([...before.virtualServices, newcomer])
  const touched = compare(before, after, others).changes.flatMap((change) =>
    change.touched.map(({ label }) => label),
  )

  for (const team of teams) expect(touched).toContain(`@o/${team}`)
})
