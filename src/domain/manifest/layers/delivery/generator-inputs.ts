import { holding } from '../../../source/holding.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonValue } from '../../json.ts'
import { secretTypeLabel } from '../../kinds/argo-cd-secrets.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import type { SideFiles } from '../side-files.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

/** Something that gives the generators of an ApplicationSet values, and what it says. */
export interface GeneratorInput {
  readonly file: SourceFile
  readonly says: JsonValue
}

/** The files that Git generators read, and the Secrets of clusters that cluster generators select among. */
export function generatorInputs({ kind, spec }: DeliveryObject, side: SideFiles): readonly GeneratorInput[] {
  if (kind !== 'ApplicationSet') return []
  const generators = generatorsIn(spec['generators'] ?? null)
  const patterns = generators.flatMap(({ name, said }) =>
    name === 'git'
      ? listIn(fieldsOf(said)['files']).flatMap((each) => textIn(fieldsOf(each)['path']) ?? [])
      : [],
  )
  const files = [...side.files.values()]
    .filter(({ path }) => patterns.some((pattern) => isMeant(path, pattern)))
    .map((file) => ({ file, says: contentOf(file) }))
  return generators.some(({ name }) => name === 'clusters') ? [...files, ...clustersIn(side)] : files
}

interface Generator {
  readonly name: string
  readonly said: JsonValue
}

function generatorsIn(value: JsonValue): readonly Generator[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => generatorsIn(each))
  return Object.entries(fieldsOf(value)).flatMap(([name, said]) => [
    { name, said: said ?? null },
    ...generatorsIn(fieldsOf(said)['generators'] ?? null),
  ])
}

/** As Git reads a path: a star crosses folders, and a folder means all in it. Whatever else stands there may be any. */
function isMeant(path: string, pattern: string): boolean {
  const parts = pattern.replace(/^\.?\//, '').split(/[*?[{][*?\]}]*/)
  const [start = '', ...rest] = parts
  if (rest.length === 0) return path === start || path.startsWith(`${start.replace(/\/$/, '')}/`)
  const end = rest.at(-1) ?? ''
  return path.startsWith(start) && path.endsWith(end)
}

const isMarked = holding(secretTypeLabel)

function clustersIn({ files }: SideFiles): readonly GeneratorInput[] {
  return [...files.values()].filter(isMarked).flatMap((file) =>
    (documentsIn(file) ?? []).flatMap((document) => {
      const { kind, metadata, data, stringData } = fieldsOf(document)
      const { labels, annotations } = fieldsOf(metadata)
      if (kind !== 'Secret' || fieldsOf(labels)[secretTypeLabel] !== 'cluster') return []
      const [written, encoded] = [fieldsOf(stringData), fieldsOf(data)]
      const address = [written['name'], written['server'], encoded['name'], encoded['server']].map(
        (each) => each ?? null,
      )
      return [{ file, says: [labels ?? null, annotations ?? null, address] }]
    }),
  )
}
