import type { JsonObject } from '../../manifest/json.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { namesADecidingKind } from '../../manifest/kinds/names-the-mesh.ts'
import { placesOfImports } from '../../manifest/layers/delivery/jsonnet-files.ts'
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
    const { texts, isWhole } = readBy(program, libraries, folders)
    const all = [...texts, canonicalJson(given)]
    const isHiding = !isWhole || all.some(namesTheMeshInJsonnet)
    const said = isHiding ? { ...application, spec: { jsonnet: all } } : application
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
  return { texts: [...read].map(({ text }) => text), isWhole }
}

/** A text may be put together of several, or be worked out. */
function namesTheMeshInJsonnet(text: string): boolean {
  return (
    namesADecidingKind(text) ||
    namesADecidingKind(text.replace(/["']\s*\+\s*["']/g, '')) ||
    workedOut.some((each) => each.test(text))
  )
}

/** Kinds, versions and names of fields that are no plain text, and objects that are read out of a text: they may be any. */
const workedOut = [
  /\b(?:kind|apiVersion)['"\]]{0,2}\s*\+?:{1,3}(?!\s*(?:'[^'\\\n]*'|"[^"\\\n]*")\s*[,}\n])/,
  /\[\s*['"][^'"\]\n]*['"]\s*\+[^\]\n]*\]\s*:/,
  /\bstd\.(?:parseJson|parseYaml|base64Decode|base64DecodeBytes|decodeUTF8)\b/,
]
