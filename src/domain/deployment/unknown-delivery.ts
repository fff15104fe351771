import type { SourceRange } from '../source/source-file.ts'
import type { YamlNode } from '../source/yaml-node.ts'

/** Why it is not known what a deployer delivers, as a closed list. */
export type UnknownCode =
  /** The source is another repository, an image or a bucket. */
  | 'elsewhere'
  /** The folder is not here. */
  | 'missing-folder'
  /** A generator that asks something other than Git: for each answer there is one more of what is known. */
  | 'generator'
  /** What hangs on such an answer: a label of a cluster, the branch of a pull request. */
  | 'asked-for'
  /** An expression or function of a template that is not followed. */
  | 'template'
  /** A text that is left to be filled in where a folder, namespace or cluster is named. */
  | 'left-to-fill-in'
  /** The deployer itself gives up at this. */
  | 'fails'
  /** A document that cannot be read: a template, mostly. */
  | 'unreadable'
  /** A program of somebody's own makes the objects, or evaluates Jsonnet. */
  | 'program'
  /** Values that only the cluster knows. */
  | 'values'
  /** It stands still until somebody resumes it. */
  | 'suspended'
  /** A deployer that is not followed. */
  | 'deployer'
  /** More than a limit allows. */
  | 'limit'
  /** What delivers what does not come to an end. */
  | 'circle'
  /** The configuration says of the folder what counts instead. */
  | 'overridden'

/** What is not known of what a deployer delivers: named, and never guessed. */
export interface UnknownDelivery {
  readonly code: UnknownCode
  /** Of what kind that is of which it is not known; absent for a document that cannot be read. */
  readonly kind?: string
  /** Whose: `Kind namespace/name`, or the path of what cannot be read. */
  readonly of: string
  readonly range: SourceRange
  /** The address, folder, generator, expression or name. */
  readonly detail: string
  /** Where it may deliver objects of this repository in a way that nobody here sees: what the deployer says, equal for the same. */
  readonly hides?: string
}

/** The steps to a value: the names of fields, and the places in lists. */
export type ValuePath = readonly (string | number)[]

/** Where a value was written, or what is nearest around it. */
export function placeOf(node: YamlNode, path: ValuePath): SourceRange {
  const [step, ...rest] = path
  const inner =
    node.kind === 'map'
      ? node.entries.find(({ key }) => key === step)?.value
      : node.kind === 'sequence' && typeof step === 'number'
        ? node.items[step]
        : undefined
  return inner === undefined ? node.range : placeOf(inner, rest)
}

interface Stopped {
  readonly value?: never
  readonly unknown: Pick<UnknownDelivery, 'code' | 'detail'>
}

/** Ends what is being worked out; `attempted` makes a value of it. Nobody outside of this room sees it thrown. */
export function stop(code: UnknownCode, detail: string): never {
  throw { unknown: { code, detail } } satisfies Stopped
}

/** What `work` gives, or why it was ended. */
export function attempted<T>(work: () => T): { readonly value: T; readonly unknown?: never } | Stopped {
  try {
    return { value: work() }
  } catch (error) {
    if (isStopped(error)) return error
    throw error
  }
}

function isStopped(error: unknown): error is Stopped {
  return typeof error === 'object' && error !== null && 'unknown' in error
}
