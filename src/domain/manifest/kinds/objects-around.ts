import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import { readOtherObject } from '../read-other-object.ts'
import type { UnmodelledResource } from '../resource.ts'
import { groupOf } from './deciding-groups.ts'
import { type MeshObject, objectsIn } from './mesh-objects.ts'

type Named = Pick<UnmodelledResource, 'apiVersion' | 'kind'>

/** Reads the objects of some kinds in a file, as they are delivered: in the documents whose text names one of these kinds. */
export function objectsOfKinds(
  kinds: readonly string[],
  isMeant: (object: Named) => boolean = () => true,
): (file: SourceFile) => readonly UnmodelledResource[] {
  const naming = new RegExp(`\\b(?:${kinds.join('|')})\\b`)
  const wanted = new Set(kinds)
  const isWanted = ({ apiVersion, kind = '' }: MeshObject) =>
    wanted.has(kind) && isMeant({ apiVersion, kind })
  return memoized((file: SourceFile) => {
    if (!naming.test(file.text)) return []
    return parseYaml(file, { id: 'invalid-manifest', wanted: (text) => naming.test(text) }).flatMap(
      ({ root, unit }) =>
        root === undefined
          ? []
          : objectsIn(root)
              .filter(isWanted)
              .map((object) => ({ ...readOtherObject(object, file, undefined), ...(unit && { unit }) })),
    )
  })
}

/** Objects that name no namespace, with the one of their file. */
export function inNamespaceOf(
  namespaceOf: (path: string) => string | undefined,
): (object: UnmodelledResource) => UnmodelledResource {
  return (object) => {
    const namespace = object.namespace ?? namespaceOf(object.file.path)
    return namespace === undefined ? object : { ...object, namespace }
  }
}

const groups = new Map([
  ['Service', ''],
  ['Namespace', ''],
  ['Ingress', 'networking.k8s.io'],
  ['IngressClass', 'networking.k8s.io'],
])

function isAround({ apiVersion, kind }: Named): boolean {
  return groupOf(apiVersion) === groups.get(kind)
}

/** The objects in a file that the Gateway API looks up: Services, Namespaces, Ingresses and their classes. */
export const aroundIn = objectsOfKinds([...groups.keys()], isAround)

export function isIngress(object: Named): boolean {
  return object.kind === 'Ingress' && isAround(object)
}

/** Whether the text of a file names Ingresses. */
export const namesIngresses = memoized(({ text }: SourceFile) => /\bIngress\b/.test(text))
