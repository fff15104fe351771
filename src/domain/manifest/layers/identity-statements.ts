import type { Kustomization } from './kustomization.ts'
import type { Built } from './patch-statements.ts'
import type { ObjectName } from './side-files.ts'
import type { Statement } from './statement.ts'
import { textIn } from './written.ts'

/**
 * The objects that a kustomization gives the name of another one, which it does not build: by a namespace, a prefix or a
 * suffix one's own manifest takes the place of what others have under that name.
 */
export function identityStatements(
  { body = {} }: Kustomization,
  { files, side }: Built,
): readonly Statement[] {
  const [namespace, prefix = '', suffix = ''] = ['namespace', 'namePrefix', 'nameSuffix'].map((field) =>
    textIn(body[field]),
  )
  if (!namespace && prefix === '' && suffix === '') return []
  const own = new Set(files)
  const others = Map.groupBy(
    [...side.mesh].flatMap(([path, objects]) =>
      own.has(path) ? [] : objects.map((object) => ({ path, key: keyOf(object) })),
    ),
    ({ key }) => key,
  )
  return files
    .flatMap((path) => side.mesh.get(path) ?? [])
    .map((object) =>
      keyOf({ ...object, name: `${prefix}${object.name}${suffix}`, ...(namespace && { namespace }) }),
    )
    .flatMap((key) => {
      const reach = (others.get(key) ?? []).map(({ path }) => path)
      return reach.length === 0 ? [] : [{ what: { becomes: key }, reach }]
    })
}

function keyOf({ kind, namespace = '', name }: ObjectName): string {
  return `${kind} ${namespace}/${name}`
}
