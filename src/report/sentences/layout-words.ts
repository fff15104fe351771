import { budgets } from '../../domain/budgets.ts'
import type { FileRole } from '../../domain/deployment/laid-files.ts'
import type { LaidMesh, LaidUnit, Layout } from '../../domain/deployment/layout-of.ts'
import type { NotRendered } from '../../domain/kustomize/not-rendered.ts'
import { buildFaultClause } from '../../domain/terms/build-fault-words.ts'
import { code, pathOf } from '../../domain/terms/code.ts'
import { fewOf } from '../../domain/words/few-of.ts'
import { joined, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { counted } from '../print/counted.ts'

/** A folder of the repository; its root has no name of its own. */
function folderPhrase(folder: string): Phrase {
  return folder === '' ? words('the root') : pathOf(folder)
}

const takenOf: Readonly<Record<LaidUnit['takes'], (folder: Phrase) => Phrase>> = {
  kustomization: (folder) => say`the kustomization of ${folder}`,
  files: (folder) => say`the files in ${folder}`,
  'files below': (folder) => say`the files in and below ${folder}`,
  chart: (folder) => say`the chart ${folder}`,
}

/** "the kustomization of `apps/web`, in the namespace `web`, to the cluster `prod`". */
export function unitWords({ takes, folder, namespace, destination, by }: LaidUnit): Phrase {
  return joined(
    [
      takenOf[takes](folderPhrase(folder)),
      ...(namespace === undefined ? [] : [say`namespace ${code(namespace)}`]),
      ...(destination === undefined ? [] : [say`to ${code(destination)}`]),
      ...(by === undefined ? [] : [say`said by ${pathOf(by)}`]),
    ],
    ', ',
  )
}

/** What comes of a unit. */
export function fateWords({ failed, objects, meshObjects, meshes }: LaidUnit): Phrase {
  if (failed === 'not known') return words('not deployed here: too large or doubtful to be built')
  if (failed !== undefined) return say`not deployed: ${buildFaultClause(failed)}`
  if (objects === 0) return words('nothing is in it')
  const all = counted(objects, 'object')
  if (meshObjects === 0) return words(`${all}, none of a mesh`)
  const mesh = meshes.length === 1 ? 'mesh' : 'meshes'
  return say`${all}, ${meshObjects} of the ${mesh} ${fewOf(meshes.map(code), budgets.doubtNames.size)}`
}

const meshSaid: Readonly<Record<LaidMesh['said'], string>> = {
  configured: 'as configured',
  destination: 'told by a destination',
  folders: 'guessed from folders',
  undivided: 'nothing divides it',
  unsaid: 'nothing says of which cluster',
}

/** A mesh on one line: what is in it, and what says that it is one. */
export function meshWords({ virtualServices, gateways, said }: LaidMesh): Phrase {
  return words(
    `${counted(virtualServices, 'VirtualService')}, ${counted(gateways, 'Gateway')}: ${meshSaid[said]}`,
  )
}

const unrendered: Readonly<Record<NotRendered['code'], string>> = {
  'remote-base': 'a base from another place',
  'remote-file': 'a file from another place',
  'helm-chart': 'a chart',
  plugin: 'a plugin',
  'unknown-hash': 'a name whose hash is not known',
  'doubtful-text': 'a text that may be read in several ways',
  limit: 'more than a limit allows',
}

/** What of a unit is left to another program. */
export function notRenderedWords({ code: which, detail }: NotRendered): Phrase {
  return detail === '' ? words(unrendered[which]) : say`${unrendered[which]}: ${quoted(detail)}`
}

const unknownWhy: Readonly<Record<Layout['unknown'][number]['code'], string>> = {
  elsewhere: 'its source lies elsewhere',
  'missing-folder': 'its folder is not here',
  generator: 'it asks something other than Git',
  'asked-for': 'it hangs on what is asked for elsewhere',
  template: 'its template is not followed',
  'left-to-fill-in': 'where it leads is left to be filled in',
  fails: 'its deployer gives up at this',
  unreadable: 'it cannot be read',
  program: 'a program makes its objects',
  values: 'only the cluster knows its values',
  suspended: 'it is suspended, and counts as if it ran',
  deployer: 'a deployer of this kind is not followed',
  limit: 'it asks for more than a limit allows',
  circle: 'what delivers it does not come to an end',
  overridden: 'the configuration says what is delivered instead',
  chart: 'a chart, which is not rendered here',
}

/** What is not known of a deployer, and why. */
export function unknownWords({ of, code: why, detail }: Layout['unknown'][number]): Phrase {
  const what = why === 'chart' || why === 'unreadable' || detail === '' ? [] : say`: ${code(detail)}`
  return say`${code(of)}: ${unknownWhy[why]}${what}`
}

const fileNouns: Readonly<Record<FileRole, readonly [one: string, many: string]>> = {
  object: [
    'file with objects that may decide about requests',
    'files with objects that may decide about requests',
  ],
  deployer: ['file that says what is deployed', 'files that say what is deployed'],
  kustomization: ['kustomization', 'kustomizations'],
  patch: ['patch', 'patches'],
  replacement: ['replacement', 'replacements'],
  configuration: ['configuration of Kustomize', 'configurations of Kustomize'],
  schema: ['schema of Kustomize', 'schemas of Kustomize'],
  generator: ['file for a generator', 'files for generators'],
  transformer: ['transformer', 'transformers'],
  chart: ['chart', 'charts'],
  values: ['file of values', 'files of values'],
  template: ['template', 'templates'],
  assertion: ['assertion of a test', 'assertions of tests'],
  resource: ['other resource of a unit', 'other resources of units'],
  layer: ['file for another tool', 'files for other tools'],
  excluded: ['file excluded by the configuration', 'files excluded by the configuration'],
  unreadable: ['file that cannot be read', 'files that cannot be read'],
  other: ['other file', 'other files'],
}

/** "3 patches". */
export function filesWords(is: FileRole, count: number): string {
  return `${count} ${fileNouns[is][count === 1 ? 0 : 1]}`
}

/** The sorts of files in the order in which they are told. */
export const fileRoles = Object.keys(fileNouns) as readonly FileRole[]
