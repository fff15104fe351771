import { describe, expect, it } from 'vitest'
import { writtenDeployers } from '../../../../src/domain/deployment/deployer.ts'
import { foldersOf } from '../../../../src/domain/deployment/folders.ts'
import { builderOf, isDelivered } from '../../../../src/domain/deployment/units/build-unit.ts'
import { unitsFrom } from '../../../../src/domain/deployment/units/units-from.ts'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'

type Files = Readonly<Record<string, string>>

/** `«X»` stands for the variable of that name. */
const filled = (text: string) => text.replaceAll('«', '$' + '{').replaceAll('»', '}')
const object = (name: string, more = '') =>
  filled(`apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: "${name}"${more} }\n`)
const flux = (spec: string, name = 'app') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: ${spec}\n`
const repository = (name: string, url: string, more = '') =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { url: ${url}${more} }\n`
const held = (kind: string, name: string, data: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: flux-system }\ndata: { ${data} }\n`
const filesOf = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }))
const found = (files: Files, own?: string) => {
  const all = filesOf(files)
  return unitsFrom(writtenDeployers(all), {
    folders: foldersOf(all),
    ...(own !== undefined && { own }),
  })
}
const names = (files: Files) => {
  const build = builderOf({ files: filesOf(files) })
  return found(files).units.flatMap((unit) => {
    const built = build(unit)
    return !isDelivered(built)
      ? [built === 'not known' ? built : 'failed']
      : built.objects.map(({ node }) => (jsonOf(node) as { metadata: { name: string } }).metadata.name)
  })
}

describe('the cluster of a Kustomization', () => {
  it.each([
    [
      'that whose folder it applies with itself',
      'clusters/prod/flux-system/sync.yaml',
      '{ path: ./clusters/prod }',
      'prod',
      'flux-system',
    ],
    [
      'the same, deeper',
      'clusters/eu/prod/flux-system/sync.yaml',
      '{ path: clusters/eu/prod }',
      'eu/prod',
      'flux-system',
    ],
    ['the same, elsewhere', 'k8s/flux/sync.yaml', '{ path: ./k8s }', 'k8s', 'flux-system'],
    ['the same, of the whole repository', 'flux-system/sync.yaml', '{ path: ./ }', '.', 'flux-system'],
    ['none of what applies itself and is not the first', 'teams/a/app.yaml', '{ path: teams/a }', undefined],
    ['that in whose folder it is written', 'clusters/prod/apps.yaml', '{ path: apps }', 'prod'],
    ['that of one of several trees', 'us/clusters/prod/apps.yaml', '{ path: apps }', 'us/prod'],
    [
      'that of a kubeConfig',
      'clusters/hub/apps.yaml',
      '{ path: apps, kubeConfig: { secretRef: { name: edge } } }',
      'edge',
    ],
    [
      'the same of a ConfigMap',
      'x.yaml',
      '{ path: apps, kubeConfig: { configMapRef: { name: edge } } }',
      'edge',
    ],
    ['none where nothing says', 'flux/apps.yaml', '{ path: apps }', undefined],
  ])('is %s', (_, path, spec, cluster, name = 'app') => {
    const { units } = found({ [path]: flux(spec, name), 'apps/a.yaml': object('a') })

    expect(units.map(({ destination }) => destination)).toEqual([cluster])
  })
})

describe('the source of a Kustomization', () => {
  const apps = { 'apps/a.yaml': object('a') }
  const from = (name: string, kind = 'GitRepository') =>
    ({ 'k.yaml': flux(`{ path: apps, sourceRef: { kind: ${kind}, name: ${name} } }`), ...apps }) as Files
  const home = { 'gotk-sync.yaml': repository('flux-system', 'ssh://git@github.com/acme/fleet') }

  it.each([
    ['what is not written here', from('x'), undefined, true],
    [
      'this repository, written otherwise',
      { ...from('x'), 'r.yaml': repository('x', 'https://github.com/acme/mesh.git') },
      'acme/mesh',
      true,
    ],
    [
      'this repository, where Flux is another',
      { ...from('x'), ...home, 'r.yaml': repository('x', 'https://github.com/acme/mesh') },
      'acme/mesh',
      true,
    ],
    [
      'another repository',
      { ...from('x'), 'r.yaml': repository('x', 'https://github.com/acme/other') },
      'acme/mesh',
      false,
    ],
    [
      'another than that of Flux',
      { ...from('x'), ...home, 'r.yaml': repository('x', 'https://github.com/acme/other') },
      undefined,
      false,
    ],
    [
      'that of Flux',
      { ...from('x'), ...home, 'r.yaml': repository('x', 'https://github.com/Acme/fleet.git') },
      undefined,
      true,
    ],
    [
      'another branch of it',
      {
        ...from('x'),
        'gotk-sync.yaml': repository(
          'flux-system',
          'https://github.com/acme/fleet',
          ', ref: { branch: main }',
        ),
        'r.yaml': repository('x', 'https://github.com/acme/fleet', ', ref: { branch: other }'),
      },
      undefined,
      false,
    ],
    ['an image', from('x', 'OCIRepository'), undefined, false],
    ['a bucket', from('x', 'Bucket'), undefined, false],
  ])('%s', (_, files, own, isHere) => {
    const { units, unknown } = found(files, own)

    expect(units).toHaveLength(isHere ? 1 : 0)
    expect(unknown.map(({ code }) => code)).toEqual(isHere ? [] : ['elsewhere'])
  })

  it('leaves out what it is told to', () => {
    const files = {
      'k.yaml': flux('{ path: apps, sourceRef: { kind: GitRepository, name: x } }'),
      'apps/a.yaml': object('a'),
      'apps/b.yaml': object('b'),
    }

    expect(names(files)).toEqual(['a', 'b'])
    expect(names({ ...files, 'r.yaml': repository('x', 'u', ', ignore: "/apps/b.yaml"') })).toEqual(['a'])
    expect(names({ ...files, 'apps/.sourceignore': 'a.yaml\n' })).toEqual(['b'])
  })
})

describe('the values of postBuild', () => {
  const app = (from: string, more = '') => ({
    'k.yaml': flux(`{ path: apps, postBuild: { substituteFrom: [${from}]${more} } }`),
    'apps/a.yaml': object('a-«A»-«B»'),
  })
  const [map, secret] = ['{ kind: ConfigMap, name: c }', '{ kind: Secret, name: s }']
  const values = { 'c.yaml': held('ConfigMap', 'c', 'A: "1", B: "2"') }

  it.each([
    ['of a ConfigMap', app(map), values, ['a-1-2'], []],
    ['of its own before them', app(map, ', substitute: { B: "3" }'), values, ['a-1-3'], []],
    [
      'that no Secret changes',
      app(`${map}, ${secret}`),
      { ...values, 's.yaml': held('Secret', 's', 'C: ENC') },
      ['a-1-2'],
      ['values s'],
    ],
    [
      'that a Secret hides',
      app(`${map}, ${secret}`),
      { ...values, 's.yaml': held('Secret', 's', 'B: ENC') },
      [filled('a-1-«B»')],
      ['values s'],
    ],
    [
      'that come after a Secret',
      app(`${secret}, ${map}`),
      { ...values, 's.yaml': held('Secret', 's', 'B: ENC') },
      ['a-1-2'],
      ['values s'],
    ],
    ['of a Secret that is not here', app(secret), {}, [filled('a-«A»-«B»')], ['values s']],
    ['of a ConfigMap that is not here', app(map), {}, [filled('a-«A»-«B»')], ['values c']],
    [
      'that nothing gives',
      app(secret),
      { 's.yaml': held('Secret', 's', 'B: ENC') },
      [filled('a--«B»')],
      ['values s'],
    ],
  ])('%s', (_, files, more, expected, unknown) => {
    const all = { ...files, ...more }

    expect(names(all)).toEqual(expected)
    expect(found(all).unknown.map(({ code, detail }) => `${code} ${detail}`)).toEqual(unknown)
  })
})

it('what is suspended counts, and is told', () => {
  const { units, unknown } = found({
    'k.yaml': flux('{ path: apps, suspend: true }'),
    'apps/a.yaml': object('a'),
  })

  expect(units).toHaveLength(1)
  expect(unknown).toMatchObject([{ code: 'suspended' }])
})

it('components that are not there are passed over where that is said', () => {
  const spec = '{ path: apps, ignoreMissingComponents: true, components: [../gone, ../c] }'
  const { units } = found({
    'k.yaml': flux(spec),
    'apps/a.yaml': object('a'),
    'c/kustomization.yaml': 'kind: Component\n',
  })

  expect(units.map(({ over }) => over)).toEqual([{ components: ['../c'] }])
})

it('deployers that are not followed are named', () => {
  const text =
    'apiVersion: fleet.cattle.io/v1alpha1\nkind: GitRepo\nmetadata: { name: g }\nspec: { paths: [apps] }\n'

  expect(found({ 'g.yaml': text }).unknown).toMatchObject([
    { code: 'deployer', detail: 'GitRepo', of: 'GitRepo /g' },
  ])
})

it('a FluxInstance applies what it synchronises', () => {
  const instance = (sync: string) =>
    `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: { name: flux, namespace: flux-system }\nspec: { sync: ${sync} }\n`
  const path = 'clusters/prod/flux-system/instance.yaml'
  const apps = { 'clusters/prod/apps/a.yaml': object('a') }
  const unitsIn = (sync: string, own?: string) => found({ [path]: instance(sync), ...apps }, own)

  expect(
    unitsIn(
      '{ kind: GitRepository, url: https://github.com/acme/fleet, ref: refs/heads/main, path: clusters/prod }',
    ),
  ).toMatchObject({
    units: [
      {
        key: 'Kustomization flux-system/flux-system clusters/prod',
        by: [path],
        takes: 'flux',
        destination: 'prod',
      },
    ],
    unknown: [],
  })
  expect(
    unitsIn('{ kind: GitRepository, url: https://github.com/acme/other, path: clusters/prod }', 'acme/fleet')
      .unknown,
  ).toMatchObject([{ code: 'elsewhere' }])
  expect(unitsIn('{ kind: OCIRepository, url: oci://x, path: clusters/prod }').unknown).toMatchObject([
    { code: 'elsewhere' },
  ])
})
