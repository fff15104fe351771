import type { Accumulated } from './accumulated.ts'
import type { Layer } from './layer.ts'
import type { Schemas } from './reading/schema.ts'
import type { Met, SchemaOfBuild, Session } from './session.ts'
import { isWithin } from './values/paths.ts'

/** What a folder built to, under a schema. */
interface Kept {
  readonly accumulated: Accumulated
  readonly met: Met
  /** The schema that holds afterwards. */
  readonly schema: SchemaOfBuild
}

/** What was built already, to be built upon once more without reading it: of one tree only. */
export interface RenderCache {
  readonly find: (folder: string, above: Layer, session: Session) => Kept | undefined
  readonly keep: (folder: string, before: SchemaOfBuild, kept: Kept, session: Session) => void
}

/** An empty one. Whoever keeps it for as long as the tree does not change builds each base once, however many overlays it has. */
export function renderCache(): RenderCache {
  const known = new Map<string, Map<Schemas | undefined, Kept>>()
  const keyOf = (folder: string, { restricts }: Session, { isBuiltInLoaded }: SchemaOfBuild) =>
    `${restricts} ${isBuiltInLoaded} ${folder}`
  const schemaIn = ({ schemas, isSet }: SchemaOfBuild) => (isSet ? schemas : undefined)
  return {
    find: (folder, above, session) => {
      const found = known.get(keyOf(folder, session, session.schema))?.get(schemaIn(session.schema))
      return found !== undefined && !closesCircle(found, above) ? found : undefined
    },
    keep: (folder, before, kept, session) => {
      const key = keyOf(folder, session, before)
      const bySchema = known.get(key) ?? new Map<Schemas | undefined, Kept>()
      known.set(key, bySchema.set(schemaIn(before), kept))
    },
  }
}

/** Whether a folder that was built upon is, or holds, one that builds upon it now. */
function closesCircle({ met }: Kept, above: Layer): boolean {
  const folders = [...met.parts.values()]
    .filter(({ role }) => role === 'kustomization')
    .map(({ path }) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)))
  for (let each: Layer | undefined = above; each !== undefined; each = each.above) {
    const { folder } = each
    if (folders.some((built) => isWithin(folder, built))) return true
  }
  return false
}
