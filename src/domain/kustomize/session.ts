import type { Item } from './item.ts'
import { currentId } from './naming/identity.ts'
import type { NotRendered, Part, Role } from './not-rendered.ts'
import { builtInSchemas, type Schemas } from './reading/schema.ts'
import type { Tree } from './values/tree-of-files.ts'

/** What a build of one root is made with, and what it has met so far. */
export interface Session {
  readonly tree: Tree
  /** Files have to lie in or below the folder that names them. Flux builds without this. */
  readonly restricts: boolean
  readonly takePart: (role: Role, path: string) => void
  readonly leaveOut: (what: NotRendered) => void
  /** What this layer, and what it builds upon, has met. */
  readonly met: Met
  readonly schema: SchemaOfBuild
  readonly count: { layers: number; read: number }
}

/** What took part, and what could not be rendered. */
export interface Met {
  readonly parts: Map<string, Part>
  readonly notRendered: NotRendered[]
}

/** The first `openapi` that is met holds for all that is built afterwards, whoever says it. */
export interface SchemaOfBuild {
  schemas: Schemas
  isSet: boolean
  /** Kustomize loads the schema that is built in when it first needs it; an `openapi` that it meets before that stands alone. */
  isBuiltInLoaded: boolean
}

/** The beginning of a build. */
export function beginSession(tree: Tree, restricts: boolean): Session {
  const schema = { schemas: builtInSchemas, isSet: false, isBuiltInLoaded: false }
  return sessionWith({ tree, restricts, schema, count: { layers: 0, read: 0 } })
}

/** The same build, with what is met from here on by itself. */
export function sessionWithin(session: Session): Session {
  return sessionWith(session)
}

function sessionWith({
  tree,
  restricts,
  schema,
  count,
}: Pick<Session, 'tree' | 'restricts' | 'schema' | 'count'>): Session {
  const met: Met = { parts: new Map(), notRendered: [] }
  return {
    tree,
    restricts,
    schema,
    count,
    met,
    takePart: (role, path) => met.parts.set(`${role} ${path}`, { role, path }),
    leaveOut: (what) => met.notRendered.push(what),
  }
}

/** Takes over what was met elsewhere. */
export function adopt(session: Session, { parts, notRendered }: Met): void {
  for (const [key, part] of parts) session.met.parts.set(key, part)
  session.met.notRendered.push(...notRendered)
}

/** Says that the hash behind the name of a generated object is not known. */
export function leaveOutHash(session: Session): (item: Item) => void {
  return ({ node, from }) =>
    session.leaveOut({ code: 'unknown-hash', range: from, detail: currentId(node).name })
}
