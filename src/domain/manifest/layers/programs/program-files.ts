import type { SourceFile } from '../../../source/source-file.ts'
import { folderOf, isBelow, resolvedPath } from '../paths.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'

/** Languages in which people write manifests, and little else, by the endings of their files. */
const languages: Readonly<Record<string, string>> = {
  cue: 'CUE',
  dhall: 'Dhall',
  k: 'KCL',
  ncl: 'Nickel',
  pkl: 'Pkl',
  tf: 'Terraform',
  tfvars: 'Terraform',
  tofu: 'OpenTofu',
}

/** Texts that some other program fills in to make a manifest. */
const templates = /\.(?:ya?ml|json)\.(?:j2|jinja2?|tpl|tmpl|gotmpl|tftpl|erb|mustache|ejs|hbs)$/

/** Languages in which anything is written: their files count below a project that makes manifests. */
const code = /\.(?:[cm]?[jt]sx?|py|go|java|kt|cs|fs|vb|rb|scala)$/

/** What is fetched or generated for a project, and what only tries it out. */
const beside =
  /(?:^|\/)(?:node_modules|\.venv|venv|__pycache__|\.gen|dist|__tests__|tests?)\/|(?:\.|_)(?:test|spec)\.\w+$|(?:^|\/)test_[^/]*\.py$/

/** What says that the code below a folder makes manifests: for cdk8s, or for Pulumi. */
const projectNames = /(?:^|\/)(?:cdk8s|Pulumi)\.ya?ml$/

/** The language of a program that makes manifests, by the name of its file. */
export function languageOf(path: string): string | undefined {
  if (templates.test(path)) return 'template'
  return languages[/\.(?<end>\w+)$/.exec(path)?.groups?.['end'] ?? '']
}

/** The folders of the projects in which code makes manifests, each by what says so. */
export function projectsIn(files: readonly SourceFile[]): ReadonlyMap<string, SourceFile> {
  return new Map(files.flatMap((file) => foldersOfProject(file).map((folder) => [folder, file] as const)))
}

/** The folder of the file itself, and that in which it says the program is. */
function foldersOfProject(file: SourceFile): readonly string[] {
  if (!projectNames.test(file.path)) return []
  const folder = folderOf(file.path)
  const main = textIn(fieldsOf(documentsIn(file)?.[0])['main']) ?? ''
  const inner = resolvedPath(folder, code.test(main) ? folderOf(main) : main)
  return main === '' || inner === undefined || isBelow(inner, folder) ? [folder] : [folder, inner]
}

/** Whether a file is code of a project, or what sets it up. */
export function isOfProject(path: string, projects: Iterable<string>): boolean {
  return (
    (code.test(path) || /(?:^|\/)(?:cdk8s|Pulumi)(?:\.[\w-]+)?\.ya?ml$/.test(path)) && isInAny(path, projects)
  )
}

function isInAny(path: string, folders: Iterable<string>): boolean {
  for (const folder of folders) if (isBelow(path, folder)) return !isBeside(path)
  return false
}

/** Whether nothing that makes manifests begins with a file: tests, and what is fetched. */
export function isBeside(path: string): boolean {
  return beside.test(path)
}

/** Whether a file is a program, by its name: in such a language, or run by a shell or by `make`. */
export function isProgram(path: string): boolean {
  return (
    languageOf(path) !== undefined ||
    code.test(path) ||
    /\.(?:sh|bash|jsonnet|libsonnet|star|lua|awk|jq|gotmpl|tpl|j2)$|(?:^|\/)(?:GNUm|M|m)akefile$/.test(path)
  )
}
