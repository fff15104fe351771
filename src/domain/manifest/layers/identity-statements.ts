import type { Kustomization } from './kustomization.ts'
import type { Built } from './patch-statements.ts'
import type { ObjectName, SideFiles } from './side-files.ts'
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
  const holders = holdersIn(side)
  const keys = files
    .flatMap((path) => side.mesh.get(path) ?? [])
    .map((object) =>
      keyOf({ ...object, name: `${prefix}${object.name}${suffix}`, ...(namespace && { namespace }) }),
    )
  return [...new Set(keys)].flatMap((key) => {
    const reach = (holders.get(key) ?? []).filter((path) => !own.has(path))
    return reach.length === 0 ? [] : [{ what: { becomes: key }, reach }]
  })
}

const known = new WeakMap<SideFiles, ReadonlyMap<string, readonly string[]>>()

/** The files that hold an object of each name. */
function holdersIn(side: SideFiles): ReadonlyMap<string, readonly string[]> {
  const before = known.get(side)
  if (before !== undefined) return before
  const holders = new Map<string, string[]>()
  for (const [path, objects] of side.mesh)
    for (const key of objects.map(keyOf)) {
      const before = holders.get(key)
      if (before === undefined) holders.set(key, [path])
      else before.push(path)
    }
  known.set(side, holders)
  return holders
}

function keyOf({ kind, namespace = '', name }: ObjectName): string {
  return `${kind} ${namespace}/${name}`
}
