import type { Manifests, Unreadable } from '../manifest/manifests.ts'

/** From where on a file cannot be read. */
export interface Break {
  readonly path: string
  /** The other side has no such file. */
  readonly isNew: boolean
  /** Where the first document ends whoever applies the file; absent where each object stands for itself. */
  readonly stops?: number
  /** Whether what cannot be read, or what follows it, may hold an object of that name. */
  readonly mayHold: (name: string) => boolean
}

/** The files of one side that cannot be read to their end, given the paths of the other side. */
export function breaksOf(side: Manifests, paths: ReadonlySet<string>): readonly Break[] {
  const broken = Map.groupBy([...side.unreadable, ...side.refusedBeside], ({ path }) => path)
  return [...broken].map(([path, documents]) => {
    const stops = documents
      .filter(({ template, object }) => template !== true && object !== true)
      .map(startOf)
    const rest = restOf(documents)
    return {
      path,
      isNew: !paths.has(path),
      ...(stops.length > 0 && { stops: Math.min(...stops) }),
      mayHold: (name) => rest === undefined || rest.has(name),
    }
  })
}

/** The names that are given from the first document on that cannot be read; undefined where the text is not that of the objects. */
function restOf(documents: readonly Unreadable[]): ReadonlySet<string> | undefined {
  if (documents.some(({ template, elsewhere }) => template === true || elsewhere === true)) return undefined
  const [file] = documents.flatMap(({ diagnostic }) => diagnostic.range?.file ?? [])
  return file && new Set(namesIn(file.text.slice(Math.min(...documents.map(startOf)))))
}

/** Where the document begins in which the fault stands. A separator that is wrong ends the one before it. */
function startOf({ diagnostic: { range } }: Unreadable): number {
  return range === undefined ? 0 : range.file.text.lastIndexOf('\n---', Math.max(0, range.start - 2)) + 1
}

/** As they are usually written; what is missed counts as removed, which warns. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\bname["']?[ \t]*:[ \t]*["']?([^\s"',}]+)/g)].flatMap(([, name]) => name ?? [])
}
