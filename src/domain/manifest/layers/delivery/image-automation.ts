import { holding } from '../../../source/holding.ts'
import { canonicalJson, type JsonObject } from '../../json.ts'
import { groupOf } from '../../kinds/deciding-groups.ts'
import type { Layer } from '../layer.ts'
import { resolvedPath } from '../paths.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'

/** A comment into whose line Flux writes what a policy has chosen: `# {"$imagepolicy": "flux-system:web:tag"}`. */
const setter = /#[ \t]*\{ *"\$imagepolicy" *: *"(?<namespace>[^:"]*):(?<name>[^:"]*)/g

const kinds: ReadonlySet<string> = new Set(['ImagePolicy', 'ImageUpdateAutomation'])

const namesItsGroup = holding('image.toolkit.fluxcd.io')

/** What Flux writes into manifests of others, past any pull request: which version a policy takes, and where that is written. */
export function imageAutomation(side: SideFiles): readonly Layer[] {
  return filesBelow('', side)
    .filter(namesItsGroup)
    .flatMap((file) =>
      (documentsIn(file) ?? []).map(fieldsOf).flatMap((object): readonly Layer[] => {
        const { kind, apiVersion, metadata, spec = null } = object
        const own = textIn(kind) ?? ''
        if (groupOf(textIn(apiVersion) ?? '') !== 'image.toolkit.fluxcd.io' || !kinds.has(own)) return []
        const { name, namespace } = fieldsOf(metadata)
        const reach =
          own === 'ImagePolicy' ? writtenFor(fieldsOf(metadata), side) : writtenBelow(object, side)
        const space = textIn(namespace)
        return [
          {
            kind: own,
            name: textIn(name) ?? '',
            ...(space !== undefined && { namespace: space }),
            file,
            statements: [{ what: saidBy(fieldsOf(spec)), reach }],
          },
        ]
      }),
    )
}

/** How often it looks, and what it says in its commits, is nobody's concern. */
function saidBy({ interval: _, git, ...spec }: JsonObject): JsonObject {
  const { push = null, checkout = null } = fieldsOf(git)
  return { ...spec, push, checkout }
}

function writtenFor({ name, namespace }: JsonObject, side: SideFiles): readonly string[] {
  const own = canonicalJson([namespace ?? null, name ?? null])
  return [...side.mesh.keys()].filter((path) =>
    settersIn(path, side).some(
      (each) => canonicalJson([namespace === undefined ? null : each.namespace, each.name]) === own,
    ),
  )
}

function writtenBelow({ spec }: JsonObject, side: SideFiles): readonly string[] {
  const { path, strategy } = fieldsOf(fieldsOf(spec)['update'])
  if (strategy !== undefined && strategy !== 'Setters') return []
  const folder = resolvedPath('', textIn(path) ?? '')
  return folder === undefined
    ? []
    : meshBelow(folder, side).filter((each) => settersIn(each, side).length > 0)
}

function settersIn(path: string, { files }: SideFiles): readonly { namespace: string; name: string }[] {
  const text = files.get(path)?.text ?? ''
  return [...text.matchAll(setter)].map(({ groups }) => ({
    namespace: groups?.['namespace'] ?? '',
    name: groups?.['name'] ?? '',
  }))
}
