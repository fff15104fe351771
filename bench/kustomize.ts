import { treeOf } from '../src/domain/deployment/tree-of-side.ts'
import { renderCache } from '../src/domain/kustomize/cache.ts'
import { renderKustomization } from '../src/domain/kustomize/render.ts'
import { bestOf } from './best-of.ts'
import type { Growth } from './compare.ts'

const few = 200

function sideOf(count: number) {
  const names = Array.from({ length: count }, (_, at) => `object-${at}`)
  const kustomization = { path: 'k/kustomization.yaml', text: `resources: [${names.join('.yaml, ')}.yaml]\n` }
  const objects = names.map((name) => ({
    path: `k/${name}.yaml`,
    text: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`,
  }))
  return { files: [kustomization, ...objects] }
}

function buildObjects(count: number): void {
  const tree = treeOf(sideOf(count))
  const built = renderKustomization('k', { tree, loadRestrictions: 'root only', cache: renderCache() })
  if ('failed' in built || built.objects.length !== count) throw new Error('A build lost an object')
}

/** Builds a kustomization of files with one object each, and one of ten times as many. */
export function benchKustomize(): Growth {
  const [small, large] = [few, few * 10].map((count) => bestOf(() => buildObjects(count)).milliseconds)
  return { name: `a build of files, ${few} -> ${few * 10}`, small: small ?? 0, large: large ?? 0 }
}
