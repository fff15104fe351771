import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitsOf } from '../../../../src/domain/deployment/units/unit.ts'

const flux = (name: string, spec: string) => ({
  path: `clusters/${name}.yaml`,
  text: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: ${spec}\n`,
})
const argo = (spec: string, kind = 'Application') => ({
  path: 'apps/app.yaml',
  text: `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: { name: app, namespace: argocd }\nspec: ${spec}\n`,
})
const files = (...paths: readonly string[]) => paths.map((path) => ({ path, text: 'a: b\n' }))
const base = { path: 'base/kustomization.yaml', text: 'resources: [vs.yaml]\n' }
const overlay = { path: 'prod/kustomization.yaml', text: 'resources: [../base]\n' }
const there = { path: 'b/a.yaml', text: 'a: b\n' }
const one = (...all: Parameters<typeof unitsOf>[0]) =>
  unitsOf([there, ...all]).find(({ by }) => by.length > 0)

describe('units', () => {
  it('are kustomizations that no other builds upon', () => {
    const component = { path: 'c/kustomization.yaml', text: 'kind: Component\n' }

    expect(unitsOf([base, overlay, component]).map(({ folder }) => folder)).toEqual(['prod'])
  })

  it('are the same whatever the order of the files', () => {
    const all = [
      base,
      overlay,
      flux('a', '{ path: ./base }'),
      flux('b', '{ path: prod, targetNamespace: x }'),
    ]
    const keys = (some: typeof all) =>
      unitsOf(some)
        .map(({ key, by, takes, over }) => JSON.stringify([key, by, takes, over]))
        .toSorted()
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (some) => {
        expect(keys(some)).toEqual(keys(all))
      }),
    )
  })
})

describe('an Application', () => {
  it.each([
    ['a kustomization in the folder', '{ source: { path: base } }', 'kustomization'],
    ['a directory', '{ source: { path: plain } }', 'files'],
    ['a deep one', '{ source: { path: plain, directory: { recurse: true } } }', 'files below'],
    ['options of which nothing is set', '{ source: { path: plain, kustomize: {} } }', 'files'],
    ['options of Kustomize', '{ source: { path: plain, kustomize: { namespace: x } } }', 'kustomization'],
    ['a chart in the folder', '{ source: { path: chart } }', undefined],
    ['options of Helm', '{ source: { path: base, helm: { releaseName: x } } }', undefined],
    ['a chart from elsewhere', '{ source: { chart: x } }', undefined],
    ['a path to be filled in', '{ source: { path: "{{path}}/x" } }', undefined],
  ])('takes a folder by %s', (_, spec, takes) => {
    expect(one(base, ...files('plain/a.yaml', 'chart/Chart.yaml'), argo(spec))?.takes).toBe(takes)
  })

  it('takes sources, if there are any, and the namespace of its destination', () => {
    const spec = '{ source: { path: base }, sources: [{ path: plain }], destination: { namespace: x } }'

    expect(unitsOf([...files('plain/a.yaml'), argo(spec)])).toMatchObject([
      { folder: 'plain', otherwise: 'x' },
    ])
  })

  it('adds labels without selectors where that is said', () => {
    const spec = (more: string) => `{ source: { path: base, kustomize: { commonLabels: { a: b }${more} } } }`

    expect(one(base, argo(spec('')))?.over).toEqual({ commonLabels: { a: 'b' } })
    expect(one(base, argo(spec(', labelWithoutSelector: true')))?.over).toEqual({
      labels: [{ pairs: { a: 'b' }, includeTemplates: false }],
    })
  })

  it('is told more in its folder, but not where it comes from', () => {
    const text = 'path: elsewhere\nkustomize: { namespace: x }\n'
    const found = one(base, { path: 'base/.argocd-source.yaml', text }, argo('{ source: { path: base } }'))

    expect(found).toMatchObject({ folder: 'base', over: { namespace: 'x' } })
    expect(found?.by).toEqual(['apps/app.yaml', 'base/.argocd-source.yaml'])
  })
})

describe('a Kustomization of Flux', () => {
  it('writes texts of what older versions have as objects', () => {
    const spec =
      '{ path: base, targetNamespace: x, patchesStrategicMerge: [{ kind: A }], patchesJson6902: [{ target: { name: a }, patch: [{ op: add }] }] }'

    expect(one(base, flux('a', spec))?.over).toEqual({
      namespace: 'x',
      patchesStrategicMerge: ['{"kind":"A"}'],
      patchesJson6902: [{ target: { name: 'a' }, patch: '[{"op":"add"}]' }],
    })
  })

  it('takes values of the ConfigMap that lies nearest, and its own before them', () => {
    const values = (path: string, host: string) => ({
      path,
      text: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: values }\ndata: { host: ${host}, other: o }\n`,
    })
    const from = 'substituteFrom: [{ kind: ConfigMap, name: values }]'
    const near = values('clusters/values.yaml', 'near')
    const far = values('far/values.yaml', 'far')

    expect(one(near, far, flux('a', `{ path: b, postBuild: { ${from} } }`))).toMatchObject({
      by: ['clusters/a.yaml', 'clusters/values.yaml'],
      variables: {
        isComplete: true,
        values: new Map([
          ['host', 'near'],
          ['other', 'o'],
        ]),
      },
    })
    expect(
      one(near, flux('a', `{ path: b, postBuild: { ${from}, substitute: { host: own } } }`))?.variables
        ?.values,
    ).toEqual(
      new Map([
        ['host', 'own'],
        ['other', 'o'],
      ]),
    )
    expect(
      one(far, values('more/values.yaml', 'more'), flux('a', `{ path: b, postBuild: { ${from} } }`)),
    ).toMatchObject({ variables: { isComplete: false } })
  })

  it('does not know what a Secret holds', () => {
    const spec = '{ path: b, postBuild: { substituteFrom: [{ kind: Secret, name: a }] } }'

    expect(one(flux('a', spec))?.variables).toMatchObject({ isComplete: false })
  })
})

it('an ApplicationSet is an Application for each element, unless something else generates them', () => {
  const set = (generators: string) =>
    argo(
      `{ generators: [${generators}], template: { metadata: { name: "a-{{place}}" }, spec: { source: { path: "p/{{place}}" }, destination: { namespace: "{{unknown}}" } } } }`,
      'ApplicationSet',
    )
  const list = '{ list: { elements: [{ place: x }, { place: z }] } }'
  const there = files('p/x/a.yaml', 'p/z/a.yaml')

  expect(unitsOf([...there, set(list)])).toMatchObject([
    { key: 'Application argocd/a-x p/x', otherwise: '{{unknown}}' },
    { key: 'Application argocd/a-z p/z' },
  ])
  expect(unitsOf([...there, set(`${list}, { git: {} }`)])).toEqual([])
})
