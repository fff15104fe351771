import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliveredAlone } from '../../../src/domain/deployment/delivered-alone.ts'
import { layoutOf } from '../../../src/domain/deployment/layout-of.ts'
import { settledUnits } from '../../../src/domain/deployment/units/settled-units.ts'
import { identityOf } from '../../../src/domain/manifest/names.ts'
import { readConfiguration } from '../../../src/domain/policy/configuration/configuration.ts'
import { meshesUnder } from '../../../src/domain/policy/configuration/path-rules.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { doubtWords } from '../../../src/domain/terms/doubt-words.ts'
import { runs } from '../../support/laws.ts'

const object = (name: string) =>
  `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'n' },
    spec: { hosts: [`${name}.example`], http: [{ route: [{ destination: { host: name } }] }] },
  })}\n`
const primary = (name: string, secondary: string) =>
  `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'n' },
    spec: { hosts: [`${name}.example`], http: [{ delegate: { name: secondary, namespace: 'n' } }] },
  })}\n`
const application = (name: string, path: string, cluster: string | undefined) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec: { source: { repoURL: r, path: ${path} }, destination: { ${cluster === undefined ? '' : `name: ${cluster}`} } }\n`

const places = fc.constantFrom(
  'deploy/prod',
  'deploy/stage',
  'deploy/prod/eu',
  'deploy/prod/us',
  'deploy/dev',
  'common',
  'apps/prod',
  '',
)
const names = fc.constantFrom('a', 'b', 'c', 'd')
const inFolder = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`)

/** A folder with objects: as they are, as a root of Kustomize, or delivered by Argo CD. */
const part = fc
  .record({
    folder: places,
    held: fc.uniqueArray(names, { minLength: 1, maxLength: 3 }),
    how: fc.constantFrom('plain', 'plain', 'kustomize', 'argo', 'argo at a cluster', 'overlay'),
    cluster: fc.constantFrom('one', 'two'),
    delegates: fc.constantFrom(undefined, undefined, undefined, 'a'),
  })
  .map(({ folder, held, how, cluster, delegates }): Readonly<Record<string, string>> => {
    const own = inFolder(folder, how === 'overlay' ? 'base' : 'app')
    const files = Object.fromEntries(held.map((name) => [`${own}/${name}.yaml`, object(name)]))
    const more = delegates === undefined ? {} : { [`${own}/p.yaml`]: primary('p', delegates) }
    const resources = Object.keys({ ...files, ...more }).map((path) => path.slice(own.length + 1))
    const kustomization = `resources: [${resources.join(', ')}]\n`
    const all = { ...files, ...more }
    if (how === 'plain') return all
    if (how === 'kustomize') return { ...all, [`${own}/kustomization.yaml`]: kustomization }
    if (how === 'overlay')
      return {
        ...all,
        [`${own}/kustomization.yaml`]: kustomization,
        [inFolder(folder, 'over/kustomization.yaml')]: 'resources: [../base]\n',
      }
    return {
      ...all,
      [inFolder(folder, 'app.yaml')]: application(
        `x-${folder.replaceAll('/', '-')}`,
        own,
        how === 'argo' ? undefined : cluster,
      ),
    }
  })

const repository = fc
  .array(part, { minLength: 2, maxLength: 6 })
  .map((parts): Readonly<Record<string, string>> => Object.assign({}, ...parts))

function read(texts: Readonly<Record<string, string>>, configuration: string) {
  const { policy, diagnostics } = readConfiguration(
    { path: '.github/firebreak.yml', text: configuration },
    [],
  )
  expect(diagnostics, configuration).toEqual([])
  const side = {
    files: Object.entries(texts).map(([path, text]) => ({ path, text })),
    stated: policy.units,
  }
  const settled = settledUnits(side)
  const manifests = deliveredAlone(side.files, settled, {
    namespaceOf: () => undefined,
    version: policy.istio.version,
  })
  const division = meshesUnder(policy, manifests)
  const { guesses } = layoutOf(side, { settled, manifests, division, isConfigured: policy.meshes.length > 0 })
  const { meshes } = takeSnapshot(manifests, {
    settings: policy.istio,
    complete: true,
    meshOf: division.meshOf,
    knownGateways: () => new Set(),
  })
  const tables = meshes
    .flatMap(({ name, tables: own }) =>
      own.map(({ gateway, host, routes, contributions }) =>
        JSON.stringify([
          name,
          gateway,
          host,
          routes.map((each) => each.outcome.key),
          contributions.map(({ virtualService }) => [identityOf(virtualService), virtualService.file.path]),
        ]),
      ),
    )
    .toSorted()
  return {
    tables,
    guesses: guesses.map((each) => ({ code: each.cause.code, block: doubtWords(each).settle?.block })),
  }
}

it('the block of a guess ends it, and changes no table', () => {
  let pasted = 0
  fc.assert(
    fc.property(repository, (texts) => {
      const before = read(texts, '')
      for (const { code, block } of before.guesses) {
        if (block === undefined) continue
        pasted++
        const after = read(texts, `${block}\n`)

        expect(after.tables, block).toEqual(before.tables)
        expect(
          after.guesses.map((each) => each.code),
          block,
        ).not.toContain(code)
      }
    }),
    { numRuns: runs(15, 600) },
  )
  expect(pasted).toBeGreaterThan(0)
})

it('the blocks of all guesses can be pasted together', () => {
  fc.assert(
    fc.property(repository, (texts) => {
      const before = read(texts, '')
      const blocks = before.guesses.flatMap(({ block }) => block ?? [])

      const after = read(texts, blocks.map((each) => `${each}\n`).join(''))
      expect(after.tables, blocks.join('\n')).toEqual(before.tables)
      if (blocks.length === before.guesses.length) expect(after.guesses).toEqual([])
    }),
    { numRuns: runs(15, 600) },
  )
})
