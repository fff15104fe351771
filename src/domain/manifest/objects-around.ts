import { memoized } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'
import { groupOf } from './kinds/deciding-groups.ts'
import { objectsIn } from './kinds/mesh-objects.ts'
import { readOtherObject } from './read-other-object.ts'
import type { UnmodelledResource } from './resource.ts'

const around = /\b(?:Service|Namespace|Ingress|IngressClass)\b/

const groups = new Map([
  ['Service', ''],
  ['Namespace', ''],
  ['Ingress', 'networking.k8s.io'],
  ['IngressClass', 'networking.k8s.io'],
])

/** The objects in a file that the Gateway API looks up, as they are delivered: Services, Namespaces, Ingresses and their classes. */
export const aroundIn = memoized((file: SourceFile): readonly UnmodelledResource[] => {
  if (!around.test(file.text)) return []
  return parseYaml(file, { id: 'invalid-manifest', wanted: (text) => around.test(text) }).flatMap(
    ({ root, unit }) =>
      root === undefined
        ? []
        : objectsIn(root)
            .filter(({ apiVersion, kind = '' }) => groupOf(apiVersion) === groups.get(kind))
            .map((object) => ({ ...readOtherObject(object, file, undefined), ...(unit && { unit }) })),
  )
})

export function isIngress({ apiVersion, kind }: Pick<UnmodelledResource, 'apiVersion' | 'kind'>): boolean {
  return kind === 'Ingress' && groupOf(apiVersion) === groups.get(kind)
}
