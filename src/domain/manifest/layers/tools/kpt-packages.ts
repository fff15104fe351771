import type { SourceFile } from '../../../source/source-file.ts'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { Layer } from '../layer.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesNamed, type SideFiles } from '../side-files.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

/** A `Kptfile` makes a package of its folder, and its functions rewrite whatever lies in it, at any depth. */
export function kptPackages(side: SideFiles, reach: Reach): readonly Layer[] {
  return filesNamed(side, /(?:^|\/)Kptfile$/).flatMap((file) => {
    const folder = folderOf(file.path)
    const reaches = reach.below(folder)
    const documents = documentsIn(file)
    const said = documents === undefined ? [file.text] : documents.map((each) => packageSays(fieldsOf(each)))
    const inputs = (documents ?? []).flatMap((each) => inputsOf(fieldsOf(each), folder, side))
    return [
      {
        kind: 'Kptfile',
        name: file.path,
        file,
        statements: said.filter(isSomething).map((what) => ({ what, reach: reaches })),
      },
      ...inputs.map((input) => ({
        kind: 'function of kpt',
        name: input.path,
        file: input,
        statements: [{ what: contentOf(input), reach: reaches }],
      })),
    ]
  })
}

function isSomething(said: JsonValue): boolean {
  return !isObject(said) || Object.keys(said).length > 0
}

/** What its functions do, and under which name it is applied; where it came from is told by what lies there. */
function packageSays({ pipeline, inventory, metadata }: JsonObject): JsonObject {
  const { mutators = null, validators = null } = fieldsOf(pipeline)
  const { annotations } = fieldsOf(metadata)
  return {
    ...(mutators !== null && { mutators: listIn(mutators).map(versionless) }),
    ...(validators !== null && { validators: listIn(validators).map(versionless) }),
    ...(inventory !== undefined && { inventory }),
    ...(annotations !== undefined && { annotations }),
  }
}

/** The next version of a function is the function. */
function versionless(written: JsonValue): JsonValue {
  const { image, ...rest } = fieldsOf(written)
  const name = textIn(image)
  return name === undefined ? written : { ...rest, image: name.replace(/@.*$/, '').replace(/:[^/:]*$/, '') }
}

/** What functions are told by files, and programs that are run as functions. */
function inputsOf({ pipeline }: JsonObject, folder: string, { files }: SideFiles): readonly SourceFile[] {
  return functionFiles(fieldsOf(pipeline)).flatMap(
    (each) => files.get(resolvedPath(folder, each) ?? '') ?? [],
  )
}

function functionFiles({ mutators, validators }: JsonObject): readonly string[] {
  return [...listIn(mutators), ...listIn(validators)].flatMap((each) => {
    const { configPath, exec } = fieldsOf(each)
    return [textIn(configPath), textIn(exec)?.split(' ')[0]].flatMap((path) => path ?? [])
  })
}

/** The files that the functions of a package name, from the root of the repository. */
export function filesOfPackage(file: SourceFile): readonly string[] {
  if (!/(?:^|\/)Kptfile$/.test(file.path)) return []
  return (documentsIn(file) ?? [])
    .flatMap((each) => functionFiles(fieldsOf(fieldsOf(each)['pipeline'])))
    .flatMap((each) => resolvedPath(folderOf(file.path), each) ?? [])
}
