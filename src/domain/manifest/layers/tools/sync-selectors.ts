import { holding } from '../../../source/holding.ts'
import type { JsonObject } from '../../json.ts'
import { groupOf } from '../../kinds/deciding-groups.ts'
import type { Layer } from '../layer.ts'
import { filesBelow, type SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'

const annotations: Readonly<Record<string, string>> = {
  ClusterSelector: 'configmanagement.gke.io/cluster-selector',
  NamespaceSelector: 'configmanagement.gke.io/namespace-selector',
}

const namesItsGroups = holding(/configmanagement\.gke\.io|clusterregistry\.k8s\.io/)

/** Config Sync applies an object to those clusters and namespaces only that the selector in its annotation takes. */
export function syncSelectors(side: SideFiles): readonly Layer[] {
  return filesBelow('', side)
    .filter(namesItsGroups)
    .flatMap((file) =>
      (documentsIn(file) ?? []).flatMap((document): readonly Layer[] => {
        const object = fieldsOf(document)
        const found = selectionOf(object)
        if (found === undefined) return []
        const { kind, name, says } = found
        const reach = [...side.mesh.keys()].filter((path) =>
          isSelected(side.files.get(path)?.text ?? '', found),
        )
        return [{ kind, name, file, statements: [{ what: says, reach }] }]
      }),
    )
}

interface Selection {
  readonly kind: string
  readonly name: string
  readonly says: JsonObject
}

function selectionOf({ apiVersion, kind, metadata, spec }: JsonObject): Selection | undefined {
  const group = groupOf(textIn(apiVersion) ?? '')
  const { name, labels = null } = fieldsOf(metadata)
  const own = { kind: textIn(kind) ?? '', name: textIn(name) ?? '' }
  if (group === 'configmanagement.gke.io' && Object.hasOwn(annotations, own.kind))
    return { ...own, says: { spec: spec ?? null } }
  return group === 'clusterregistry.k8s.io' && own.kind === 'Cluster'
    ? { ...own, says: { labels } }
    : undefined
}

/** A cluster is one of those that selectors take by their labels. */
function isSelected(text: string, { kind, name }: Selection): boolean {
  if (kind === 'Cluster') return text.includes('configmanagement.gke.io/cluster-selector')
  return text.includes(annotations[kind] ?? '') && text.includes(name)
}
