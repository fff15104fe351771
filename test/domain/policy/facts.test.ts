import { expect, it } from 'vitest'
import type { PathNormalization } from '../../../src/domain/language/arriving-paths.ts'
import { everyRequest } from '../../../src/domain/match/box.ts'
import { noRequests } from '../../../src/domain/match/request-set.ts'
import { factOfFinding, factsOf } from '../../../src/domain/policy/facts.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { sentence } from '../../support/said.ts'
import { change, finding, login, primary, requirements, type Story, to, vs1, vs2 } from './fixtures.ts'

function facts(story: Story): readonly string[] {
  return requirements(story).flatMap(factsOf)
}

const withTimeout = (timeout: string) => [
  primary,
  { ...vs1, spec: { http: [{ ...to('login'), timeout }] } },
  vs2,
]

it('the same story has the same facts', () => {
  expect(facts({ merged: withTimeout('5s') })).toEqual(facts({ merged: withTimeout('5s') }))
})

it('another content of the same resource is another fact, though it reads the same', () => {
  expect(facts({ merged: withTimeout('5s') })).not.toEqual(facts({ merged: withTimeout('6s') }))
})

it('a label of another team`s object is part of what it agrees to, unless it is ignored', () => {
  const labelled = (labels: Readonly<Record<string, string>>, spec = withTimeout('5s')[1]?.spec ?? {}) => {
    const body = { ...vs1.body, metadata: { name: vs1.name, labels } }
    return facts({ merged: [primary, { ...vs1, spec, body }, vs2] })
  }

  expect(labelled({ team: 'x' })).not.toEqual(labelled({ team: 'y' }))
  expect(labelled({ 'helm.sh/chart': 'x' })).toEqual(labelled({ 'helm.sh/chart': 'y' }))
})

it('other requests or another outcome are another fact, though the example is the same', () => {
  const base = facts({ changes: [change('changed', [login], { requests: { boxes: [everyRequest] } })] })

  expect(facts({ changes: [change('changed', [login], { requests: noRequests })] })).not.toEqual(base)
  expect(
    facts({ changes: [change('changed', [login], { requests: { boxes: [everyRequest] }, to: vs2 })] }),
  ).not.toEqual(base)
  expect(
    facts({ changes: [change('changed', [login], { requests: { boxes: [everyRequest] }, certain: false })] }),
  ).not.toEqual(base)
})

it('what is approved is what arrives: other requests may once paths are normalised otherwise', () => {
  const changes = [change('changed', [login], { requests: { boxes: [everyRequest] } })]
  const normalised = (pathNormalization: PathNormalization) =>
    facts({ changes, policy: { istio: { ...defaultIstioSettings, pathNormalization } } })

  expect(normalised('BASE')).toEqual(facts({ changes }))
  expect(normalised('NONE')).not.toEqual(normalised('BASE'))
})

it('another text of CODEOWNERS is another fact', () => {
  const path = '.github/CODEOWNERS'
  const written = (text: string) =>
    facts({ files: [{ path, base: { path, text: 'old' }, merged: { path, text } }] })

  expect(written('a')).not.toEqual(written('b'))
})

it('a finding is its rule, its resource and what it is about, never its line', () => {
  const range = { file: vs1.file, start: 3, end: 4 }

  expect(factOfFinding(finding('x', { range }))).toBe(factOfFinding(finding('x')))
  expect(factOfFinding(finding('x', { fingerprint: 'y' }))).not.toBe(factOfFinding(finding('x')))
})

it('says the same in whatever words', () => {
  const [asked] = requirements({ merged: withTimeout('5s'), changes: [change('changed', [login])] })
  const reworded = asked && {
    ...asked,
    because: asked.because.map((reason) => ({ ...reason, ...sentence('in other words') })),
  }

  expect(asked?.because.length).toBe(2)
  expect(reworded && factsOf(reworded)).toEqual(asked && factsOf(asked))
})
