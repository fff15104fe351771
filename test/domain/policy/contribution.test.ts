import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contributionOf, noContribution } from '../../../src/domain/policy/contribution.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'

const reading = { namespaceOf: () => undefined, version: defaultIstioSettings.version }
type Texts = Readonly<Record<string, string>>

const files = (texts: Texts) => Object.entries(texts).map(([path, text]) => ({ path, text }))
const contribution = (base: Texts, head: Texts) =>
  contributionOf({ base: files(base), head: files(head) }, reading)

const service = (name: string, timeout: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns }
spec: { http: [{ timeout: ${timeout}, route: [{ destination: { host: ${name} } }] }] }
`
const [a, b] = [service('a', '1s'), service('b', '1s')]
const slowerA = service('a', '9s')
const both = (first: string, second: string) => ({ 'x.yaml': `${first}---\n${second}` })

describe('what a branch contributes', () => {
  it('is nothing where it is equal to its base, or says the same in other words', () => {
    expect(contribution({ 'x.yaml': a }, { 'x.yaml': a })).toBe(noContribution)
    const anew = `# again\n${a.replace('{ name: a, namespace: ns }', '\n  namespace: "ns"\n  name: a')}`
    expect(contribution({ 'x.yaml': a }, { 'x.yaml': anew })).toBe(noContribution)
    expect(contribution({}, {})).toBe(noContribution)
  })

  it('is the same after the base was merged, though other things in the same file have changed there', () => {
    const before = contribution(both(a, b), both(slowerA, b))

    expect(contribution(both(a, service('b', '5s')), both(slowerA, service('b', '5s')))).toBe(before)
  })

  it.each<[string, Texts, Texts]>([
    ['another value', both(a, b), both(service('a', '3s'), b)],
    ['one resource more', both(a, b), { ...both(slowerA, b), 'y.yaml': service('c', '1s') }],
    ['what the base has taken away since', { 'x.yaml': a }, both(slowerA, b)],
    ['another place', { 'x.yaml': a }, { 'y.yaml': slowerA }],
    ['the same twice', both(a, b), { 'x.yaml': `${slowerA}---\n${slowerA}---\n${b}` }],
    ['what cannot be read', both(a, b), { 'x.yaml': `${slowerA}---\n${b}---\nkind: [networking.istio.io\n` }],
    [
      'a kind that is not modelled',
      both(a, b),
      { 'x.yaml': `${slowerA}---\n${b}---\n${b.replace('VirtualService', 'Sidecar')}` },
    ],
    ['a layer above', both(a, b), { ...both(slowerA, b), 'kustomization.yaml': 'namespace: other\n' }],
    ['CODEOWNERS', both(a, b), { ...both(slowerA, b), CODEOWNERS: '* @eve\n' }],
    ['the configuration', both(a, b), { ...both(slowerA, b), '.github/firebreak.yml': 'override: true\n' }],
  ])('is another with %s', (_, base, head) => {
    expect(contribution(base, head)).not.toBe(contribution(both(a, b), both(slowerA, b)))
  })

  it('law: c(x, y) = none ⇔ x and y say the same; c(x, y) tells sets of statements apart', () => {
    const side = fc.dictionary(
      fc.constantFrom('x.yaml', 'y.yaml'),
      fc.constantFrom(a, b, slowerA, both(a, b)['x.yaml'] ?? '', both(b, a)['x.yaml'] ?? ''),
    )
    fc.assert(
      fc.property(side, side, side, (base, one, other) => {
        const same = contribution(one, other) === noContribution
        expect(contribution(base, one) === contribution(base, other)).toBe(same)
        expect(contribution(one, one)).toBe(noContribution)
      }),
    )
  })
})
