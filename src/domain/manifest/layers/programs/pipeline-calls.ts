import { budgets } from '../../../budgets.ts'

/** One call that writes to a cluster. */
export interface Call {
  /** The program, without the folder that it lies in. */
  readonly tool: string
  /** Its words, without what only says how patient it is, and which version of an image it brings. */
  readonly says: readonly string[]
  /** What may be paths among them, as far as they are literal. */
  readonly places: readonly string[]
  /** What it names by type and name; a type alone is all of it. */
  readonly named: readonly { readonly type: string; readonly name?: string }[]
  readonly namespace?: string
  /** The folder in which it runs, as far as that is said in front of it. */
  readonly folder: string
}

const ofKubernetes = /^(?:apply|create|replace|delete|patch|edit|label|annotate|scale)(?: |$)/

/** The verbs by which programs write, by their first words. */
const writing: Readonly<Record<string, RegExp>> = {
  kubectl: ofKubernetes,
  oc: ofKubernetes,
  kapp: /^(?:deploy|delete)(?: |$)/,
  helm: /^(?:install|upgrade|uninstall|delete)(?: |$)/,
  helmfile: /^(?:apply|sync|destroy|delete)(?: |$)/,
  kpt: /^live (?:apply|destroy)(?: |$)/,
  kluctl: /^(?:deploy|delete|prune)(?: |$)/,
  skaffold: /^(?:run|deploy|apply|delete)(?: |$)/,
  tk: /^(?:apply|delete|prune)(?: |$)/,
  argocd: /^app (?:delete|set|unset|patch|create|rollback|delete-resource|patch-resource)(?: |$)/,
  flux: /^(?:suspend|delete)(?: |$)/,
  istioctl: /^(?:x |experimental )?uninstall(?: |$)/,
}

/** Flags that change nothing of what is written. */
const silent =
  /^--(?:server-side|force-conflicts|force|wait|wait-for|atomic|timeout|field-manager|validate|record|output|request-timeout|grace-period|overwrite|yes|install|create-namespace|ignore-not-found|kubeconfig|debug|diff-changes|history-max|cleanup-on-fail)(?:=|$)|^-(?:o|v|y)/

/** Flags with a value behind them. */
const valued =
  /^(?:-R?[fk]|-[nlpco]|--(?:namespace|selector|patch|type|output|context|kubeconfig|cluster|user|timeout|grace-period|field-manager|request-timeout|replicas|patch-file|version|set|set-string|set-json|filename|kustomize|file|values))$/

const version = /(?:tag|image|version|sha|digest|replica)\w*=/i

/** The calls in a text that somebody runs, those that only look or try left out. */
export function callsIn(text: string): readonly Call[] {
  let folder = ''
  const found: Call[] = []
  for (const statement of filledIn(statementsOf(text))) {
    const [, into] = /^(?:-\s+)?\(?(?:cd|pushd)\s+["']?([\w./-]+)/.exec(statement) ?? []
    if (into !== undefined) folder = into.startsWith('/') || into.startsWith('..') ? '' : into
    const call = callIn(statement, folder)
    if (call !== undefined) found.push(call)
    if (found.length > budgets.commands.size) break
  }
  return found
}

/** Quotes around a whole command are those of a shell that runs it. */
const quoted = /(["'])\s*((?:kubectl|oc|kapp|helm|kustomize)\s[^"'\n]*)\1/g

function statementsOf(text: string): readonly string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .replace(quoted, ' $2 ')
    .split(/\r?\n|;|&&|\|\|/)
    .map((each) => each.replace(/(?:^|\s)#.*$/, '').trim())
    .filter(Boolean)
}

/** The statements with the variables that they set themselves, each value of one by itself. */
function filledIn(statements: readonly string[]): readonly string[] {
  const values = new Map<string, readonly string[]>()
  return statements.flatMap((statement) => {
    const known = [...values].filter(([name]) => new RegExp(`\\$\\{?${name}\\b`).test(statement))
    const filled = known.reduce<readonly string[]>(
      (all, [name, own]) =>
        all.flatMap((each) =>
          own.map((value) => each.replace(new RegExp(`\\$(?:\\{${name}\\}|${name}\\b)`, 'g'), () => value)),
        ),
      [statement],
    )
    const [, name = '', list = ''] = /\bfor\s+(\w+)\s+in\s+(.+)$/.exec(statement) ?? []
    const [, assigned = '', value = ''] =
      /^(?:export\s+|-\s+)?(\w+)=["']?([\w./@-]+)["']?$/.exec(statement) ?? []
    if (name !== '') values.set(name, list.split(/\s+/).slice(0, budgets.variableValues.size))
    if (assigned !== '') values.set(assigned, [value])
    return filled.slice(0, budgets.variableValues.size)
  })
}

/** Whatever else stands in its statement may give it what it writes: `kustomize build x | kubectl apply -f -`. */
function callIn(statement: string, folder: string): Call | undefined {
  const words = [...statement.matchAll(/(?:"[^"]*"|'[^']*'|\$\{\{.*?\}\}|[^\s|"'])+/g)].map(([word]) =>
    word.replace(/["'`()]/g, ''),
  )
  const at = words.findIndex((word, index) => isWriting(word, words.slice(index + 1)))
  if (at < 0 || words.some((word) => /^--dry-run(?:=(?:client|server|true))?$/.test(word))) return undefined
  const [program = '', ...own] = words.slice(at)
  const tool = program.split('/').at(-1) ?? ''
  const namespace = namespaceIn(own)
  return {
    tool,
    says: [...words.slice(0, at), tool, ...own].filter((word) => !silent.test(word) && !version.test(word)),
    places: words.flatMap(placeIn),
    named: namedIn(tool, withoutFlags(own)),
    ...(namespace !== undefined && { namespace }),
    folder,
  }
}

function isWriting(word: string, others: readonly string[]): boolean {
  const tool = word.split('/').at(-1) ?? ''
  const verbs = Object.hasOwn(writing, tool) ? writing[tool] : undefined
  return verbs?.test(withoutFlags(others).slice(0, 3).join(' ')) === true
}

function withoutFlags(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => !(word.startsWith('-') || valued.test(words[at - 1] ?? '')))
}

function namespaceIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^(?:-n|--namespace)$/.test(word))
  const written = at < 0 ? words.find((word) => /^(?:-n=?|--namespace=)[^=]/.test(word)) : words[at + 1]
  const name = written?.replace(/^(?:-n=?|--namespace=)/, '')
  return name === undefined || name.includes('$') ? undefined : name
}

/** The literal beginning of a word that may be a path; a file of a flag in one word, and each of several. */
function placeIn(word: string): readonly string[] {
  const [, file = word.startsWith('-') ? '' : word] =
    /^(?:-R?[fk]=?|--(?:filename|kustomize|file|patch-file|values)=)(.+)$/.exec(word) ?? []
  return file.split(',').flatMap((each) => {
    if (each.includes('://') || !/[./]/.test(each)) return []
    const mark = each.search(/[$*?{[<]/)
    const literal = mark < 0 ? each : each.slice(0, mark).replace(/[^/]*$/, '')
    return literal === '' ? [] : [literal.replace(/\/+$/, '')]
  })
}

/** What a call names of what stands in a cluster; a deployer is named as kubectl would name it. */
function namedIn(tool: string, said: readonly string[]): Call['named'] {
  if (tool === 'kubectl' || tool === 'oc') return objectsNamed(said)
  if (tool === 'helm') return /^(?:uninstall|delete)$/.test(said[0] ?? '') ? [{ type: 'all' }] : []
  if (tool === 'argocd') return said.slice(2, 3).map((name) => ({ type: 'application', name }))
  if (tool === 'flux') {
    const [type = '', name] = [said[1] === 'source' ? said[2] : said[1], said.at(-1)]
    return name === undefined || name === type ? [{ type }] : [{ type, name }]
  }
  return tool === 'istioctl' ? [{ type: 'mesh' }] : []
}

/** `TYPE NAME...`, `TYPE/NAME...`, `TYPE,TYPE`; what is set on them aside. */
function objectsNamed([, ...words]: readonly string[]): Call['named'] {
  const [first = '', ...others] = words.filter((word) => !/[=$]|^.+-$/.test(word))
  if (first === '' || first.startsWith('.')) return []
  if (first.includes('/'))
    return [first, ...others].flatMap((word) => {
      const [type = '', name] = word.split('/')
      return name === undefined ? [] : [{ type, name }]
    })
  const names = others.filter((word) => /^[\w.-]+$/.test(word))
  return first
    .split(',')
    .flatMap((type) => (names.length === 0 ? [{ type }] : names.map((name) => ({ type, name }))))
}
