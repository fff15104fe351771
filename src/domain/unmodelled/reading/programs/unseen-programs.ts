/** What brings a text from elsewhere, or out of a packed one. */
const bringing =
  /^[\s"'(]*(?:[\w./-]*\s+-c\s+["']?)?(?:curl|wget|gunzip|gzip|zcat|unxz|xzcat|xz|bunzip2|bzcat|zstd|base64|openssl|gpg|xxd)\b/

/** What runs the text that comes to it. */
const running = /^\s*(?:sudo\s+)?(?:\S*\/)?(?:(?:ba|z|da|a|k)?sh|python3?|node|perl|ruby)(?=[\s"')]|$)/

/** The same, with the text in its place. */
const runningNext = /(?:^|[\s"'])(?:(?:\S*\/)?(?:ba|z|da|a|k)?sh(?:\s+-\w+)*|eval|source|\.)\s+["']?$/

/** What has a program from an address run by itself. */
const runFromAddress = [
  /\b(?:npx|bunx|uvx|dlx)\s[^\n]*(?:https?:|git\+|github:)/,
  /\b(?:pip3?|npm|yarn|pnpm|gem)\s+(?:i|install|add|exec)\s[^\n]*(?:https?:|git\+|github:)/,
  /\bdeno\s+run\s[^\n]*https?:/,
  /\bgo\s+(?:run|install)\s+[\w./-]+@/,
]

/** A program in its argument that fetches something and runs it. */
const fetches =
  /urlopen|urlretrieve|requests?\.(?:get|post)|https?\.get|fetch\s*\(|LWP|Net::HTTP|open-uri|URI\.open|child_process|https?:\/\//
const runs =
  /\b(?:exec|eval|execfile|spawn|compile|subprocess|os\.system|importlib|runInThisContext|new Function|instance_eval|system)\b/
const inline = /\b(?:python3?|node|perl|ruby|php|deno)\s+(?:-\w*[ceEr]\w*|eval)\s/

/** Programs that are looked at by the words that they are called with, whoever brought them. */
const known =
  /^(?:kubectl|oc|istioctl|helmfile|helm|kapp|argocd|flux|terraform|tofu|pulumi|kluctl|skaffold|timoni|werf)$/

/** The statements of a script that run what it brings: piped into a shell, put in its place, or by way of a file. */
export function unseenIn(text: string): readonly string[] {
  const script = text.replace(/\\\r?\n/g, ' ')
  const statements = script.split(/[\n;]|&&/)
  const files = new Set<string>()
  const found = statements.filter((statement) => {
    const isRun = runsUnseen(statement) || runsFile(statement, files)
    for (const file of filesBrought(statement)) files.add(file)
    return isRun
  })
  const isInline = inline.test(script) && fetches.test(script) && runs.test(script)
  return isInline ? [...found, script] : found
}

/** Whether a statement runs what it brings: piped into a shell, or put in its place. */
function runsUnseen(statement: string): boolean {
  const pipes = statement.split('|')
  const first = pipes.findIndex((piece) => bringing.test(piece))
  if (first >= 0 && pipes.slice(first + 1).some((piece) => running.test(piece))) return true
  if (runFromAddress.some((each) => each.test(statement))) return true
  const substituted = statement.split(/[<$]\(/)
  return substituted.some(
    (piece, place) => place > 0 && bringing.test(piece) && runningNext.test(substituted[place - 1] ?? ''),
  )
}

/** Stands for every file: what is unpacked, or cloned, may hold any. */
const anyFile = '*'

/** The files into which a statement brings something, by their last names. */
function filesBrought(statement: string): readonly string[] {
  if (/\bgit\s+(?:clone|pull|archive)\b|\b(?:tar\s+-?\w*x|unzip|aws\s+s3|gsutil|oras\s+pull)/.test(statement))
    return [anyFile]
  if (!/\b(?:curl|wget)\b/.test(statement) && !bringing.test(statement)) return []
  const named = statement.matchAll(
    /(?:\s-\w*[oO]\s*|--output(?:-document)?[=\s]+|>{1,2}\s*|\btee\s+(?:-a\s+)?)["']?(?<file>[\w./${}-]+)/g,
  )
  const addresses = statement.matchAll(/https?:\/\/[^\s"'|;)]+/g)
  return [
    ...[...named].map(({ groups }) => lastName(groups?.['file'] ?? '')),
    ...[...addresses].map(([address]) => lastName(address.replace(/[?#].*$/, ''))),
  ].filter((name) => name !== '' && !known.test(name))
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether a statement begins with a file that was brought, or with what runs one. */
function runsFile(statement: string, files: ReadonlySet<string>): boolean {
  if (files.size === 0) return false
  const words = statement
    .trim()
    .replace(/["']/g, '')
    .split(/\s+/)
    .filter((word) => !/^(?:sudo|exec|env|nohup|time|then|do|if|\w+=\S*|-\w+)$/.test(word))
  const [first = '', second = ''] = words
  const isRunner = /^(?:\S*\/)?(?:(?:ba|z|da|a|k)?sh|python3?|node|perl|ruby|source|\.|make)$/.test(first)
  const program = isRunner ? second : first
  if (files.has(lastName(program))) return true
  return files.has(anyFile) && (isRunner || /^\.{0,2}\/[\w./-]+$/.test(first))
}
