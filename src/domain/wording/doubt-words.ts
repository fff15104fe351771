import type { Cause, Doubt } from '../doubt.ts'
import { listed, type Phrase, quoted, say, words } from '../words/phrase.ts'

/** What would settle a doubt. */
export interface Settlement {
  /** What to do. */
  readonly todo: Phrase
  /** What to write in `.github/firebreak.yml`, as it is to be written. */
  readonly block?: string
}

/** A doubt in words, and what would settle it; neither ends with a full stop. */
export interface DoubtWords {
  readonly text: Phrase
  /** Absent where nothing that could be written would. */
  readonly settle?: Settlement
}

/** A doubt in words; where it is written stands beside it. */
export function doubtWords({ cause }: Doubt): DoubtWords {
  switch (cause.code) {
    case 'copies':
    case 'untried-copies':
    case 'perhaps-absent':
      return copyWords(cause)
    case 'no-namespace':
    case 'divided-meshes':
    case 'undivided-meshes':
    case 'codeowners-unread':
      return readingWords(cause)
    default:
      return settingWords(cause)
  }
}

type Of<Code extends Cause['code']> = Extract<Cause, { readonly code: Code }>

function copyWords(cause: Of<'copies' | 'untried-copies' | 'perhaps-absent'>): DoubtWords {
  switch (cause.code) {
    case 'copies':
      return {
        text: say`VirtualService ${quoted(cause.of)} is written more than once and not alike (${named(cause.files)}); which of them a cluster has is not in Git, so each was compared`,
        settle: oneCopy(cause.files),
      }
    case 'untried-copies':
      return {
        text: say`There are too many copies of ${named(cause.of)} (${named(cause.files)}) to compare in every combination; no change that hangs on them is certain`,
        settle: oneCopy(cause.files),
      }
    case 'perhaps-absent':
      return {
        text: say`${quoted(cause.of)} was refused before, or its file (${quoted(cause.file)}) could not be read to its end; whether the cluster has it is not known, so that both were compared`,
      }
  }
}

function oneCopy(files: readonly string[]): Settlement {
  const block = meshesBlock(files)
  return block === undefined
    ? { todo: words('Delete all copies but one') }
    : { todo: words('Delete all copies but one; if the folders are a mesh each, write that'), block }
}

type Setting = Of<
  'pods-unknown' | 'elsewhere' | 'gateway-elsewhere' | 'shared-host' | 'too-much-to-compare' | 'not-in-git'
>

function settingWords(cause: Setting): DoubtWords {
  switch (cause.code) {
    case 'pods-unknown':
      return {
        text: say`${quoted(cause.of)} is exported to some namespaces only, and whether the gateway's pods run in one of them is not known here`,
        settle: {
          todo: words("Write the namespaces of the gateway's pods, as in this example"),
          block: 'istio:\n  gatewayNamespaces: [istio-ingress]',
        },
      }
    case 'elsewhere':
      return {
        text: words('Secondaries may live in other repositories; what their routes do is not known here'),
        settle: {
          todo: words('If all VirtualServices are in this repository, write that'),
          block: 'complete: true',
        },
      }
    case 'gateway-elsewhere':
      return {
        text: say`Gateway ${quoted(cause.gateway)} is not in this repository; it is taken to serve every host on every port`,
      }
    case 'shared-host':
      return {
        text: say`The VirtualServices on host ${quoted(cause.host)} of ${quoted(cause.gateway)} (${named(cause.of)}) are read in the order of their creation, which Git does not know; it is taken to be the same before and after`,
      }
    case 'too-much-to-compare':
      return {
        text: words(
          'Some requests were too much to compare one by one; everybody who may gain or lose some is named',
        ),
      }
    case 'not-in-git':
      return { text: words('Some changes depend on what is not in Git; they are marked as not certain') }
  }
}

function readingWords(
  cause: Of<'no-namespace' | 'divided-meshes' | 'undivided-meshes' | 'codeowners-unread'>,
): DoubtWords {
  switch (cause.code) {
    case 'no-namespace':
      return {
        text: say`${named(cause.of)} ${cause.of.length === 1 ? 'names' : 'name'} no namespace; a reference to one of these names is taken to mean them`,
        settle: {
          todo: words('Write the namespace into them, or where they are applied'),
          block: `namespaces:\n  - { paths: ${JSON.stringify(cause.files)}, namespace: default }`,
        },
      }
    case 'divided-meshes':
      return {
        text: say`The directories ${whereOf(cause.folder)} hold the same objects and are taken to be a mesh each: ${named(cause.meshes)}`,
        settle: { todo: words('To be sure, write it'), block: meshes(cause.folder, cause.meshes) },
      }
    case 'undivided-meshes':
      return {
        text: say`The same objects stand in several directories ${whereOf(cause.folder)}, but delegates cross them: all of it is taken to be one mesh`,
        settle: { todo: words('If it is not, write it'), block: meshes(cause.folder, cause.meshes) },
      }
    case 'codeowners-unread':
      return {
        text: say`GitHub does not say what it makes of ${quoted(cause.file)}; it is taken to read it as Firebreak does`,
      }
  }
}

function whereOf(folder: string): Phrase {
  return folder === '' ? words('at the root') : say`in ${quoted(`${folder}/`)}`
}

/** Files in different folders of one folder as a mesh each; none where they do not part. */
function meshesBlock(files: readonly string[]): string | undefined {
  const all = files.map((file) => file.split('/').slice(0, -1))
  const [first = []] = all
  const parts = first.findIndex((segment, at) => all.some((each) => each[at] !== segment))
  const names = [...new Set(all.map((each) => each[parts]))].flatMap((name) => name ?? [])
  return parts === -1 || names.length < 2 ? undefined : meshes(first.slice(0, parts).join('/'), names)
}

function meshes(folder: string, names: readonly string[]): string {
  const entries = names.map((name) => {
    const path = folder === '' ? name : `${folder}/${name}`
    return `  - { name: ${JSON.stringify(name)}, paths: [${JSON.stringify(`${path}/**`)}] }`
  })
  return ['meshes:', ...entries].join('\n')
}

/** Names are told up to this number, then counted. */
const most = 5

function named(names: readonly string[]): Phrase {
  const more = names.length > most ? [words(`${names.length - most} more`)] : []
  return listed([...names.slice(0, most).map(quoted), ...more])
}
