import { ownValue } from '../../../source/own-value.ts'

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

/** The language of a program that makes manifests, by the name of its file. */
export function languageOf(path: string): string | undefined {
  if (templates.test(path)) return 'template'
  return ownValue(languages, /\.(?<end>\w+)$/.exec(path)?.groups?.['end'] ?? '')
}

/** Whether a file is code in a language in which anything is written. */
export function isCode(path: string): boolean {
  return code.test(path)
}

/** Whether a file sets up a project of cdk8s or Pulumi, or one environment of it. */
export function isProjectFile(path: string): boolean {
  return /(?:^|\/)(?:cdk8s|Pulumi)(?:\.[\w-]+)?\.ya?ml$/.test(path)
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
