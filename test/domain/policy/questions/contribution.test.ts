import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rewrittenPaths, saysTheSame } from '../../../../src/domain/policy/questions/contribution.ts'

type Texts = Readonly<Record<string, string>>
type State = readonly [base: Texts, head: Texts]

const files = (texts: Texts) => Object.entries(texts).map(([path, text]) => ({ path, text }))
const state = ([base, head]: State) => ({ base: files(base), head: files(head) })
const push = (before: State | undefined, after: State) => ({
  ...(before && { before: state(before) }),
  after: state(after),
})
const ignored = ['app.kubernetes.io/version']
const same = (before: State | undefined, after: State) => saysTheSame(push(before, after), ignored)

const service = (name: string, timeout: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns }
spec: { http: [{ timeout: ${timeout}, route: [{ destination: { host: ${name} } }] }] }
`
const [a, b] = [service('a', '1s'), service('b', '1s')]
const [slowerA, slowerB] = [service('a', '9s'), service('b', '9s')]
const labelled = (text: string, key: string) =>
  text.replace(', namespace', `, labels: { ${key}: x }, namespace`)
const both = (first: string, second: string) => ({ 'x.yaml': `${first}---\n${second}` })
const before: State = [both(a, b), both(slowerA, b)]

describe('a push says the same', () => {
  const anew = `# again\n${slowerA.replace('{ name: a, namespace: ns }', '\n  namespace: "ns"\n  name: a')}`

  it.each<[string, State | undefined, State]>([
    ['in another layout', before, [both(a, b), both(anew, b)]],
    ['as it makes the branch what the base is', undefined, [both(a, b), both(a, b)]],
    ['with a label that is ignored', before, [both(a, b), both(labelled(slowerA, ignored[0] ?? ''), b)]],
    [
      'as it merges the base, which changed another object of the file',
      before,
      [both(a, slowerB), both(slowerA, slowerB)],
    ],
    ['as it merges the base, which has taken the change over', before, [both(slowerA, b), both(slowerA, b)]],
    [
      'as it merges the base, which has taken a part over',
      [both(a, b), both(slowerA, slowerB)],
      [both(slowerA, b), both(slowerA, slowerB)],
    ],
  ])('%s', (_, old, now) => {
    expect(same(old, now)).toBe(true)
  })

  it.each<[string, State]>([
    ['with another value', [both(a, b), both(service('a', '3s'), b)]],
    ['without what the branch changed', [both(a, b), both(a, b)]],
    ['with one resource more', [both(a, b), { ...both(slowerA, b), 'y.yaml': service('c', '1s') }]],
    ['with what the base has taken away', [{ 'x.yaml': a }, both(slowerA, b)]],
    ['without what the base has changed', [both(a, slowerB), both(slowerA, b)]],
    ['with another label', [both(a, b), both(labelled(slowerA, 'team'), b)]],
    [
      'with a label that always counts',
      [both(a, b), both(labelled(slowerA, 'argocd.argoproj.io/instance'), b)],
    ],
    ['in another place', [both(a, b), { 'y.yaml': `${slowerA}---\n${b}` }]],
    ['twice', [both(a, b), { 'x.yaml': `${slowerA}---\n${slowerA}---\n${b}` }]],
    ['beside what cannot be read', [both(a, b), { 'x.yaml': `${slowerA}---\n${b}---\nkind: [\n` }]],
    ['beside another kind', [both(a, b), { 'x.yaml': `${slowerA}---\n${b}---\nkind: Sidecar\n` }]],
    [
      'beside a layer above',
      [both(a, b), { ...both(slowerA, b), 'kustomization.yaml': 'namespace: other\n' }],
    ],
    [
      'with a field that a patch takes away',
      [both(a, b), both(slowerA.replace('spec: {', 'spec: { hosts: null,'), b)],
    ],
    ['with another CODEOWNERS', [both(a, b), { ...both(slowerA, b), CODEOWNERS: '* @eve\n' }]],
    [
      'with another configuration',
      [both(a, b), { ...both(slowerA, b), '.github/firebreak.yml': 'override: true\n' }],
    ],
  ])('not %s', (_, now) => {
    expect(same(before, now)).toBe(false)
  })

  it('not as it makes a branch with a change', () => {
    expect(same(undefined, before)).toBe(false)
  })

  it('law: on an unmoved base a push says the same ⇔ the heads say the same', () => {
    const side = fc.dictionary(
      fc.constantFrom('x.yaml', 'y.yaml'),
      fc.constantFrom(a, b, slowerA, both(a, b)['x.yaml'] ?? '', both(b, a)['x.yaml'] ?? ''),
    )
    fc.assert(
      fc.property(side, side, side, (base, one, other) => {
        expect(same([base, one], [base, other])).toBe(same([{}, one], [{}, other]))
        expect(same([base, one], [base, one])).toBe(true)
        expect(same(undefined, [one, other])).toBe(same([{}, one], [{}, other]))
      }),
    )
  })
})

describe('what a push writes beside the spec', () => {
  const metadata = (more: string) =>
    slowerA.replace('{ name: a, namespace: ns }', `{ name: a, namespace: ns, ${more} }`)
  const pushed = (text: string) => same(before, [both(a, b), both(text, b)])

  it.each([
    'labels: { team: x }',
    'labels: { app.kubernetes.io/instance: x }',
    'labels: { kustomize.toolkit.fluxcd.io/ssa: Ignore }',
    'labels: { app.kubernetes.io/version: "a b" }',
    'annotations: { config.kubernetes.io/local-config: "true" }',
    'annotations: { argocd.argoproj.io/hook: Skip }',
    'annotations: { helm.sh/hook: test }',
    'annotations: { example.com/note: x }',
    'finalizers: [x]',
    'ownerReferences: [{ apiVersion: v1, kind: ConfigMap, name: x, uid: x }]',
    'uid: x',
    'resourceVersion: "1"',
    'generateName: x',
    'labels: { app.kubernetes.io/version: "1", team: x }',
  ])('counts: %s', (more) => {
    expect(pushed(metadata(more))).toBe(false)
  })

  it('counts: another version of the schema, a status, a list around it', () => {
    expect(pushed(slowerA.replace('istio.io/v1', 'istio.io/v1nope'))).toBe(false)
    expect(pushed(`${slowerA}status: {}\n`)).toBe(false)
    expect(pushed(`kind: List\nitems:\n  - ${slowerA.trimEnd().replaceAll('\n', '\n    ')}\n`)).toBe(false)
  })

  it.each([
    'labels: { app.kubernetes.io/version: "1" }',
    'labels: { app.kubernetes.io/version: v1.2.3-rc.1_x }',
    'labels: { app.kubernetes.io/version: "" }',
    'labels: {}',
    'annotations: { app.kubernetes.io/version: any text }',
    'annotations: {}',
    'labels: { app.kubernetes.io/version: "1" }, annotations: { app.kubernetes.io/version: "2" }',
    '# a comment\n ',
    'labels: null',
  ])('does not count: %s', (more) => {
    expect(pushed(metadata(more))).toBe(true)
  })

  it('does not count in an item of a list', () => {
    const list = (text: string) => `kind: List\nitems:\n  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`
    const version = labelled(slowerA, 'app.kubernetes.io/version')
    const state = (text: string): State => [{ 'x.yaml': list(a) }, { 'x.yaml': list(text) }]

    expect(same(state(slowerA), state(version))).toBe(true)
    expect(same(state(slowerA), state(labelled(slowerA, 'team')))).toBe(false)
  })
})

describe('a path is rewritten', () => {
  const commented = both(`# a\n${slowerA}`, b)

  it('where the push writes another text, be it one that says the same', () => {
    expect(rewrittenPaths(push(before, [both(a, b), commented]))).toEqual(['x.yaml'])
    expect(rewrittenPaths(push(undefined, [both(a, b), commented]))).toEqual(['x.yaml'])
  })

  it('not where it leaves the text, or takes that of the base', () => {
    expect(rewrittenPaths(push(before, before))).toEqual([])
    expect(rewrittenPaths(push(before, [both(a, slowerB), both(a, slowerB)]))).toEqual([])
  })
})
