import { textOf, valueAt } from '../../kustomize/values/tree.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { decidesAsAWhole } from '../../manifest/kinds/deciding-groups.ts'
import { isBelow, pathIn } from '../../manifest/layers/paths.ts'
import { fieldsOf } from '../../manifest/layers/written.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { Both } from '../both.ts'
import type { Folders } from '../folders.ts'
import { type Built, type DeliveredObject, type Delivery, isDelivered } from '../units/build-unit.ts'
import { readComplaint } from './complaint.ts'
import {
  type ChartOutput,
  chartFolders,
  isRenderable,
  type Release,
  type RenderedPair,
  type UnrenderedRelease,
} from './release.ts'
import { renderedObjects } from './rendered-objects.ts'

/** What comes of one release on both sides; absent where it is not there. */
export interface BuiltPair {
  readonly before?: Built
  readonly after?: Built
}

/** Not known is what was not rendered, or cannot be read, or says something else each time. */
export function builtPair({ pair, before, after, again }: RenderedPair, folders: Both<Folders>): BuiltPair {
  const old = builtFrom(pair.before, before, folders.base)
  const isSame = pair.before === pair.after && before === after
  const now = isSame ? old : builtFrom(pair.after, after, folders.merged)
  const sides = { ...(old && { before: old }), ...(now && { after: now }) }
  if (again === undefined || old === undefined || !isDelivered(old)) return sides
  const twice = builtFrom(pair.before, again, folders.base)
  const random = twice !== undefined && isDelivered(twice) ? randomIn(old, twice) : undefined
  if (random === undefined) return { before: old, after: 'not known' }
  return { before: withoutObjects(old, random), ...(now && { after: withoutObjects(now, random) }) }
}

/** The objects that are another at each rendering; nothing where one of them decides about requests. */
function randomIn(one: Delivery, other: Delivery): ReadonlySet<string> | undefined {
  const known = new Set(other.objects.map(whatItSays))
  const random = one.objects.filter((each) => !known.has(whatItSays(each)))
  return random.some(({ node }) =>
    decidesAsAWhole(textOf(valueAt(node, 'apiVersion')), textOf(valueAt(node, 'kind'))),
  )
    ? undefined
    : new Set(random.map(nameOf))
}

function withoutObjects(built: Built, names: ReadonlySet<string>): Built {
  if (!isDelivered(built)) return built
  return { ...built, objects: built.objects.filter((each) => !names.has(nameOf(each))) }
}

function whatItSays({ node }: DeliveredObject): string {
  return canonicalJson(jsonOf(node))
}

function nameOf({ node, from }: DeliveredObject): string {
  const { name, namespace } = fieldsOf(fieldsOf(jsonOf(node))['metadata'])
  return canonicalJson([from.path, textOf(valueAt(node, 'kind')), namespace ?? null, name ?? null])
}

function builtFrom(
  release: Release | UnrenderedRelease | undefined,
  output: ChartOutput | undefined,
  folders: Folders,
): Built | undefined {
  if (release === undefined) return undefined
  if (!isRenderable(release) || output === undefined || output.kind === 'not-rendered') return 'not known'
  if (output.kind === 'refused') return refused(output.complaint, release, folders)
  const objects = renderedObjects(output.text, release, folders)
  return objects === undefined ? 'not known' : { objects, parts: [], isComplete: true }
}

/** All that the chart may have given is what does not arrive. */
function refused(complaint: string, release: Release, folders: Folders): Built {
  const { text, range } = readComplaint(complaint, release, folders)
  const templates = chartFolders(release).map((folder) => pathIn(folder, 'templates'))
  return {
    failed: { code: 'helm', path: range.file.path, range, detail: text },
    parts: folders.all
      .filter(({ path }) => templates.some((folder) => isBelow(path, folder)))
      .map(({ path }) => ({ role: 'resource', path })),
  }
}
