import { isTemplate } from '../../manifest/files/template.ts'
import { embeddedObjects } from '../../manifest/kinds/embedded-objects.ts'
import { objectsIn } from '../../manifest/kinds/mesh-objects.ts'
import { readOtherObject } from '../../manifest/read-other-object.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { memoized, memoizedByText } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlMap } from '../../source/yaml.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { partialEntriesOf } from '../kinds/index.ts'
import { podTemplatesOf } from './pod-templates.ts'

/**
 * The objects in a file of which a part decides about requests: Services, Namespaces, workloads and the like; within something
 * else that is unpacked elsewhere, too.
 */
export const dependedUponIn = memoized((file: SourceFile): readonly UnmodelledResource[] => {
  const found = resourcesIn(file, mayHold)
  return found.length > 0 && isGivenUp(file)
    ? found.map((each) => ({ ...each, refused: true as const }))
    : found
})

/** Whoever has no field of this name has no object; spelled otherwise it is behind a backslash or a tag. */
function mayHold(text: string): boolean {
  return text.includes('apiVersion') || /[\\!]/.test(text)
}

function isPartial({
  apiVersion,
  kind = '',
}: {
  readonly apiVersion: string
  readonly kind: string | undefined
}): boolean {
  return partialEntriesOf({ apiVersion, kind }).length > 0
}

/** Those of one kind in many files, for looking up: only documents in whose text the kind stands are read. */
export function dependedUpon(files: readonly SourceFile[], kind: string): readonly UnmodelledResource[] {
  return files.flatMap(ofKind(kind)).filter((resource) => resource.kind === kind)
}

/** A VirtualService names no Service. */
const ofKind = memoizedByText((kind) => resourcesNaming(new RegExp(`(?<![A-Za-z])${kind}(?![A-Za-z])`)))

/** Those of many files that make pods, of whatever kind: nothing does without naming a template, containers or a machine. */
export function workloadsUpon(files: readonly SourceFile[]): readonly UnmodelledResource[] {
  return files.flatMap(namingWorkloads).filter(({ body }) => podTemplatesOf(body).length > 0)
}

const namingWorkloads = resourcesNaming(/template|containers|podMetadata|VirtualMachineInstance/i)

/** The resources of a file, of those documents in whose text something stands. */
function resourcesNaming(word: RegExp): (file: SourceFile) => readonly UnmodelledResource[] {
  const wanted = (text: string) => word.test(text)
  return memoized((file) => (wanted(file.text) ? resourcesIn(file, wanted) : []))
}

function resourcesIn(file: SourceFile, wanted: (text: string) => boolean): readonly UnmodelledResource[] {
  return parseYaml(file, { id: 'invalid-manifest', wanted }).flatMap(({ root, unit }) =>
    root === undefined
      ? []
      : [
          ...objectsIn(root)
            .filter(isPartial)
            .map((object) => ({ ...readOtherObject(object, file, undefined), ...(unit && { unit }) })),
          ...embeddedObjects(root, file, { isOne: isWrittenOut, mayHold: wanted }),
        ],
  )
}

/** A reference has a kind and a name; what is to be applied has metadata. */
function isWrittenOut(apiVersion: string, kind: string | undefined, map: YamlMap): boolean {
  return isPartial({ apiVersion, kind }) && entryOf(map, 'metadata')?.value.kind === 'map'
}

/** Whoever applies a file of which a document is broken stops there, or gives all of it up; a template is none yet. */
function isGivenUp(file: SourceFile): boolean {
  const documents = parseYaml(file, { id: 'invalid-manifest' })
  return documents.some((document) => document.root === undefined && !isTemplate(document))
}
