import { describe, expect, it } from 'vitest'
import { builderOf, isDelivered } from '../../../../src/domain/deployment/units/build-unit.ts'
import type { Unit } from '../../../../src/domain/deployment/units/unit.ts'

const file = (more = '') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a${more} }\nspec: { hosts: [a.example] }\n`
const operation = '[{ "op": "replace", "path": "/spec/hosts/0", "value": "b.example" }]'
const patches = `patches:\n  - target: { kind: VirtualService }\n    patch: '${operation}'\n`
const part =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: a }\nspec: { hosts: [c.example] }\n'
const component = `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${patches}`

/** What made what is delivered of the one object in `in/a.yaml`, which `in` and then `out` build. */
function overlayOf(files: Readonly<Record<string, string>>, more: Partial<Unit> = {}) {
  const all = {
    'in/a.yaml': file(),
    'in/kustomization.yaml': 'resources: [a.yaml]\n',
    'out/kustomization.yaml': 'resources: [../in]\n',
    ...files,
  }
  const side = { files: Object.entries(all).map(([path, text]) => ({ path, text })) }
  const unit: Unit = { key: 'k', by: [], folder: 'out', takes: 'kustomization', over: {}, ...more }
  const built = builderOf(side)(unit)
  if (!isDelivered(built)) throw new Error(JSON.stringify(built))
  return built.objects[0]?.overlay
}

const outer = (text: string, files: Readonly<Record<string, string>> = {}) => ({
  'out/kustomization.yaml': `resources: [../in]\n${text}`,
  ...files,
})
const byOuter = { path: 'out/kustomization.yaml', saidIn: ['out/kustomization.yaml'] }
const byInner = { path: 'in/kustomization.yaml', saidIn: ['in/kustomization.yaml'] }

describe('what changes an object', () => {
  it.each([
    ['a patch in the kustomization', outer(patches)],
    ['a prefix', outer('namePrefix: x-\n')],
    ['another namespace', { ...outer('namespace: ns\n'), 'in/a.yaml': file(', namespace: m') }],
    ['a label that Istio reads', outer('commonLabels: { istio.io/rev: canary }\n')],
    [
      'a replacement',
      outer(
        'replacements:\n  - source: { kind: VirtualService, fieldPath: metadata.name }\n    targets: [{ select: { kind: VirtualService }, fieldPaths: [spec.hosts.0] }]\n',
      ),
    ],
    [
      'a variable',
      {
        ...outer(
          'vars: [{ name: HOST, objref: { apiVersion: networking.istio.io/v1, kind: VirtualService, name: a } }]\nconfigurations: [v.yaml]\n',
          { 'out/v.yaml': 'varReference: [{ kind: VirtualService, path: spec/hosts }]\n' },
        ),
        'in/a.yaml': file().replace('a.example', '$(HOST).example'),
      },
    ],
  ])('is the outermost kustomization that says so: %s', (_, files) => {
    expect(overlayOf(files)).toEqual(byOuter)
  })

  it.each([
    ['nothing but a list', {}],
    ['a namespace that is filled in', outer('namespace: ns\n')],
    ['a namespace that says the same', { ...outer('namespace: ns\n'), 'in/a.yaml': file(', namespace: ns') }],
    ['labels', outer('commonLabels: { app.kubernetes.io/instance: x }\n')],
    ['annotations', outer('commonAnnotations: { argocd.argoproj.io/sync-wave: "1" }\n')],
    ['a patch of something else', outer(patches.replace('VirtualService', 'Gateway'))],
    ['a patch that says the same', outer(patches.replace('b.example', 'a.example'))],
    ['images', outer('images: [{ name: x, newTag: v1 }]\n')],
  ])('is nothing: %s', (_, files) => {
    expect(overlayOf(files)).toBeUndefined()
  })

  it('is the inner one where the outer one only lists', () => {
    expect(overlayOf({ 'in/kustomization.yaml': `resources: [a.yaml]\n${patches}` })).toEqual(byInner)
    expect(
      overlayOf({ 'in/kustomization.yaml': `resources: [a.yaml]\n${patches}`, ...outer('namePrefix: x-\n') }),
    ).toEqual({ ...byOuter, over: byInner })
  })

  it('is what delivers it, over what the folder makes of it', () => {
    const inner = { 'in/kustomization.yaml': `resources: [a.yaml]\n${patches}` }
    const over = { patches: [{ target: { kind: 'VirtualService' }, patch: operation.replace('b.', 'd.') }] }

    expect(overlayOf(inner, { by: ['a.yaml'], over })).toEqual({ by: 'deployer', over: byInner })
  })

  it('is the kustomization that names a component or a patch, said in their files', () => {
    expect(overlayOf(outer('components: [../c]\n', { 'c/kustomization.yaml': component }))).toEqual({
      path: 'out/kustomization.yaml',
      saidIn: ['c/kustomization.yaml'],
    })
    expect(overlayOf(outer('patches: [{ path: p.yaml }]\n', { 'out/p.yaml': part }))).toEqual({
      path: 'out/kustomization.yaml',
      saidIn: ['out/p.yaml'],
    })
  })
})

describe('what delivers it', () => {
  const by = ['apps/a.yaml']
  const one = [{ target: { kind: 'VirtualService' }, patch: operation }]

  it('changes it by patches and components of its own', () => {
    expect(overlayOf({}, { by, over: { patches: one } })).toEqual({ by: 'deployer' })
    expect(overlayOf({ 'c/kustomization.yaml': component }, { by, over: { components: ['../c'] } })).toEqual({
      by: 'deployer',
    })
    expect(overlayOf({}, { by, takes: 'flux', folder: 'in', over: { patches: one } })).toEqual({
      by: 'deployer',
    })
  })

  it.each([{ namespace: 'n' }, { namePrefix: 'x-' }, { nameSuffix: '-x', commonLabels: { a: 'b' } }])(
    'does not by what it says of all: %j',
    (over) => {
      expect(overlayOf({ 'in/a.yaml': file(', namespace: m') }, { by, over })).toBeUndefined()
    },
  )

  it('leaves the patches of the folder to the folder, beside its own of something else', () => {
    const other = [{ target: { kind: 'Gateway' }, patch: operation }]

    expect(overlayOf(outer(patches), { by, over: { namespace: 'n', patches: other } })).toEqual(byOuter)
    expect(
      overlayOf(outer(patches), {
        by,
        over: { patches: [{ ...one[0], patch: operation.replace('b.', 'd.') }] },
      }),
    ).toEqual({ by: 'deployer' })
  })
})
