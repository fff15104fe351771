import type { JsonObject } from '../../manifest/json.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { isJsonnet, placesOfImports } from '../../manifest/layers/delivery/jsonnet-files.ts'
import { mayMakeMeshObjects } from '../../manifest/layers/delivery/jsonnet-words.ts'
import { resolvedPath } from '../../manifest/layers/paths.ts'
import { fieldsOf, textsIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { type Deployer, unknownOf } from '../deployer.ts'
import type { Folders } from '../folders.ts'
import type { Unit } from '../units/unit.ts'
import type { UnknownDelivery, ValuePath } from '../unknown-delivery.ts'

/** The source of an Application that takes a directory, and where it is written. */
interface Evaluated {
  readonly unit: Unit
  readonly source: JsonObject
  readonly at: ValuePath
}

/**
 * Jsonnet is evaluated beside the manifests of a directory. Where its text, what it is called with or what it imports names the mesh, or
 * some of that is not here, it may make any object of the mesh, and another one with each text.
 */
export function jsonnetIn(
  application: Deployer,
  { unit, source, at }: Evaluated,
  folders: Folders,
): readonly UnknownDelivery[] {
  const { jsonnet } = fieldsOf(source['directory'])
  const { libs, ...given } = fieldsOf(jsonnet)
  const libraries = textsIn(libs).flatMap((each) => resolvedPath('', each) ?? [])
  return programsIn(unit, folders).map((program) => {
    const { texts, quoted, isWhole } = readBy(program, libraries, folders)
    const called = canonicalJson(given)
    const isHiding = !isWhole || mayMakeMeshObjects({ texts, quoted, given: called })
    const said = isHiding ? { ...application, spec: { jsonnet: [...texts, called] } } : application
    return unknownOf(said, { code: 'program', detail: program.path, isHiding }, [...at, 'path'])
  })
}

function programsIn(
  { folder, takes }: Pick<Unit, 'folder' | 'takes'>,
  folders: Folders,
): readonly SourceFile[] {
  if (takes !== 'files' && takes !== 'files below') return []
  const own = folders.files(folder).filter(({ path }) => path.endsWith('.jsonnet'))
  const below = takes === 'files' ? [] : folders.inner(folder)
  return [...own, ...below.flatMap((each) => programsIn({ folder: each, takes }, folders))]
}

/** The texts of a program and of all that it imports, and whether all of that is here. */
function readBy(program: SourceFile, libraries: readonly string[], { file }: Folders) {
  const read = new Set([program])
  let isWhole = true
  for (const each of read)
    for (const places of placesOfImports(each, libraries)) {
      const found = places.map(file).find((one) => one !== undefined)
      if (found === undefined) isWhole = false
      else read.add(found)
    }
  const quoted = [...read].filter(({ path }) => !isJsonnet(path))
  return { texts: [...read].map(({ text }) => text), quoted: quoted.map(({ text }) => text), isWhole }
}
