import { deliveredPaths, sourcesOf } from '../delivered-paths.ts'
import { deliveriesIn } from '../delivery-objects.ts'
import { builtUpon, type Kustomization, kustomizationIn, patchFields, pathsIn } from '../kustomization.ts'
import { folderOf, isBelow } from '../paths.ts'
import { createReach, type Reach } from '../reach.ts'
import type { ObjectName, SideFiles } from '../side-files.ts'
import { fieldsOf, textIn } from '../written.ts'

/**
 * The files with mesh manifests that are parts: a kustomization lays them over what it builds, and nothing delivers them by
 * themselves. A file is one only where that takes nothing from anybody: each of its objects has the name of one that is built
 * there, or no cluster would admit the file (`refused`), whoever applies it.
 */
export function patchParts(side: SideFiles, refused: ReadonlySet<string>): ReadonlySet<string> {
  const kustomizations = [...side.files.values()].flatMap((file) => kustomizationIn(file) ?? [])
  const naming = Map.groupBy(
    kustomizations.flatMap((each) =>
      patchFields.flatMap((field) => pathsIn(each, field).map((path) => ({ path, each }))),
    ),
    ({ path }) => path,
  )
  const candidates = [...naming].filter(([path]) => side.mesh.has(path))
  if (candidates.length === 0) return new Set()
  const resources = new Set(
    kustomizations.flatMap((each) => builtUpon.flatMap((field) => pathsIn(each, field))),
  )
  const reach = createReach(side, kustomizations, [])
  const delivered = deliveredBy(side, reach)
  const isFound = (path: string, users: readonly Kustomization[]) =>
    (side.mesh.get(path) ?? []).every((object) => users.some((user) => finds(object, user, { side, reach })))
  const parts = candidates.filter(
    ([path, users]) =>
      !resources.has(path) &&
      !delivered(path) &&
      (refused.has(path) ||
        isFound(
          path,
          users.map(({ each }) => each),
        )),
  )
  return new Set(parts.map(([path]) => path))
}

/** Whether something delivers a file as it stands: a plain folder of Argo CD or Flux, or the templates of a chart. */
function deliveredBy(side: SideFiles, reach: Reach): (path: string) => boolean {
  const objects = [...side.files.values()].flatMap((file) => deliveriesIn(file).objects)
  const folders = objects.map(deliveredPaths).flatMap((paths) => (paths === 'mesh' ? [] : paths))
  const plain = objects.filter(({ spec }) =>
    sourcesOf(spec).some(({ directory }) => Object.keys(fieldsOf(directory)).length > 0),
  )
  const forced = plain.map(deliveredPaths).flatMap((paths) => (paths === 'mesh' ? [''] : paths))
  const templates = [...side.files.keys()]
    .filter((path) => /(?:^|\/)Chart\.yaml$/.test(path))
    .map((path) => [...[folderOf(path)].filter((folder) => folder !== ''), 'templates'].join('/'))
  const whole = new Set(folders.flatMap((folder) => reach.below(folder)))
  return (path) => whole.has(path) || [...forced, ...templates].some((folder) => isBelow(path, folder))
}

interface Building {
  readonly side: SideFiles
  readonly reach: Reach
}

/** Whether a kustomization, or one that builds upon it, builds an object that a part is laid over. */
function finds(part: ObjectName, kustomization: Kustomization, { side, reach }: Building): boolean {
  const family = reach.family(kustomization)
  const names = [part.name, ...family.flatMap(({ body = {} }) => withoutAffixes(part.name, body))]
  const spaces = family.flatMap(({ body = {} }) => textIn(body['namespace']) ?? [])
  const isSpace = ({ namespace }: ObjectName) =>
    part.namespace === undefined ||
    namespace === undefined ||
    namespace === part.namespace ||
    spaces.includes(part.namespace)
  return reach
    .around(kustomization)
    .flatMap((path) => side.mesh.get(path) ?? [])
    .some((each) => each.kind === part.kind && names.includes(each.name) && isSpace(each))
}

/** A name as it is written where a prefix or suffix is added to it. */
function withoutAffixes(
  name: string,
  { namePrefix, nameSuffix }: Kustomization['body'] & object,
): readonly string[] {
  const [prefix, suffix] = [textIn(namePrefix) ?? '', textIn(nameSuffix) ?? '']
  const start = name.startsWith(prefix) ? name.slice(prefix.length) : name
  const end = suffix !== '' && start.endsWith(suffix) ? start.slice(0, -suffix.length) : start
  return end === '' || end === name ? [] : [end]
}
