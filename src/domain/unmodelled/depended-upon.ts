import { objectsIn } from '../manifest/mesh-objects.ts'
import { readOtherObject } from '../manifest/read-other-object.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'
import { partialEntriesOf } from './kinds/index.ts'

/** The objects in a file of which a part decides about requests: Services, Namespaces, workloads and the like. */
export function dependedUponIn(file: SourceFile): readonly UnmodelledResource[] {
  const before = read.get(file)
  if (before !== undefined) return before
  const found = parseYaml(file, { id: 'invalid-manifest', wanted: mayHold }).flatMap(({ root }) =>
    root === undefined ? [] : objectsIn(root).filter(isPartial),
  )
  const resources = found.map((object) => readOtherObject(object, file, undefined))
  read.set(file, resources)
  return resources
}

const read = new WeakMap<SourceFile, readonly UnmodelledResource[]>()

/** Whoever has no field of this name has no object; spelled otherwise it is behind a backslash or a tag. */
function mayHold(text: string): boolean {
  return text.includes('apiVersion') || /[\\!]/.test(text)
}

function isPartial({
  apiVersion,
  kind = '',
}: {
  readonly apiVersion: string
  readonly kind: string | undefined
}): boolean {
  return partialEntriesOf({ apiVersion, kind }).length > 0
}

/** The same of all files in whose text one of the kinds stands; for looking up, not for comparing. */
export function dependedUpon(files: readonly SourceFile[]): readonly UnmodelledResource[] {
  return files.filter(({ text }) => lookedUp.test(text)).flatMap(dependedUponIn)
}

const lookedUp =
  /\b(?:Service|Namespace|Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout|Pod|Ingress|IngressClass|ConfigMap)\b/
