import { expect, it } from 'vitest'
import { clusters } from './clusters.ts'
import { expectContract } from './contract.ts'
import { type Files, firebreak, firebreakAt, folder } from './fake-terminal.ts'

const service = (name: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: ns }\nspec: { hosts: [${name}.example], http: [{ route: [{ destination: { host: b } }] }] }\n`

const variants: Files = {
  'deploy/prod/a.yaml': service('a'),
  'deploy/prod/b.yaml': service('b'),
  'deploy/stage/a.yaml': service('a'),
  'deploy/stage/b.yaml': service('b'),
}

async function layoutIn(files: Files) {
  const { out } = await firebreak(folder(files), 'layout', '--format', 'json')
  const layout = JSON.parse(out)
  expectContract('layout', layout)
  return layout
}

it('tells units, meshes, files and what is left out, counts first', async () => {
  const { code, out } = await firebreakAt({ directory: folder(clusters), width: 80 }, 'layout')

  await expect(out).toMatchFileSnapshot('./golden/layout.expected.txt')
  expect(code).toBe(0)
})

it('says what to do next where there is no manifest, and only there', async () => {
  const next = 'No manifest of Istio was found here. Name the folder that has them: firebreak layout DIR'
  const out = async (files: Files) => (await firebreak(folder(files), 'layout')).out
  const excluding = 'manifests: { exclude: ["a.yaml"] }\n'

  expect(await out({})).toContain(`0 files\n\n${next}. Then firebreak routes DIR`)
  expect(await out({ 'README.md': '# shop\n' })).toContain(next)
  expect(await out({ 'a.yaml': service('a'), '.github/firebreak.yml': excluding })).toContain(
    `${next}; what is excluded is set in .github/firebreak.yml (manifests.exclude).`,
  )
  expect(await out({ 'a.yaml': service('a') })).not.toContain(next)
  expect(await out(clusters)).not.toContain(next)
})

it('is the contract as JSON', async () => {
  const { code, out } = await firebreak(folder(clusters), 'layout', '--format', 'json')

  expectContract('layout', JSON.parse(out))
  await expect(out).toMatchFileSnapshot('./golden/layout.expected.json')
  expect(code).toBe(0)
})

it('keeps within 80 columns, but for what is to be copied', async () => {
  const { out } = await firebreakAt({ directory: folder({ ...clusters, ...variants }), width: 80 }, 'layout')

  const wide = out.split('\n').filter((line) => line.length > 80)
  expect(wide.filter((line) => line.trim().includes(' ') && !line.includes('paths:'))).toEqual([])
})

it('prints for a guess what settles it: pasted, it gives the same meshes, as configured', async () => {
  const guessed = await layoutIn(variants)
  const [{ block }] = guessed.guesses
  const settled = await layoutIn({ ...variants, '.github/firebreak.yml': block })

  expect(guessed.meshes.map(({ name, said }: Record<string, string>) => [name, said])).toEqual([
    ['prod', 'folders'],
    ['stage', 'folders'],
  ])
  expect((await firebreak(folder(variants), 'layout')).out).toContain(block.split('\n')[1])
  expect(settled.guesses).toEqual([])
  expect(settled.meshes).toEqual(
    guessed.meshes.map((mesh: Record<string, unknown>) => ({ ...mesh, said: 'configured' })),
  )
})

it('folds where there are many', async () => {
  const roots = Array.from({ length: 40 }, (_, at): readonly [string, string][] => [
    [`apps/a${at}/kustomization.yaml`, 'resources: [vs.yaml]\n'],
    [`apps/a${at}/vs.yaml`, service(`a${at}`)],
  ])
  const { out } = await firebreak(folder(Object.fromEntries(roots.flat())), 'layout')

  expect(out).toContain('40 units: 40 of Kustomize, applied by hand\n')
  expect(out).toContain('  and 34 more\n')
  expect(out.split('\n').length).toBeLessThan(50)
})

it('an empty directory has no layout to tell', async () => {
  expect(await layoutIn({})).toEqual({
    schema: 'firebreak/1',
    units: [],
    meshes: [],
    files: [],
    unknown: [],
    leftOut: [],
    guesses: [],
  })
  expect((await firebreak(folder(), 'layout')).out).toContain('0 units\n0 meshes\n0 files\n')
})

it('prints no control of a terminal that a manifest holds', async () => {
  const name = JSON.stringify('x\u001b[31m')
  const application = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name} }\nspec: { source: { repoURL: r, path: gone } }\n`

  const { out } = await firebreak(folder({ 'app.yaml': application }), 'layout')

  expect(out).not.toContain('\u001b')
  expect(out).toContain('x\\u{1b}[31m')
})
