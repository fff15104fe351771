import { budgets } from '../../../budgets.ts'

/** Something that a script fetches: from where, by which command, and where the statement stands that holds it. */
export interface Fetch {
  readonly address: string
  readonly command: string
  readonly from: number
  readonly to: number
}

const fetching =
  /\b(?:curl|wget|kustomize|helm[ \t]+(?:template|pull)|istioctl[ \t]+manifest|git[ \t]+(?:clone|pull)|(?:kubectl|oc)[ \t]+(?:kustomize|process)|aws[ \t]+s3|gsutil|oras|gunzip|gzip|zcat|unxz|xzcat|xz|bunzip2|bzcat|zstd|zstdcat|openssl|gpg|sops|unzip|tar|xxd)\b[^\n;&|]*/g

/** What is packed, or encrypted, nobody reads here. */
const packed =
  /^(?:gunzip|gzip|zcat|unxz|xzcat|xz|bunzip2|bzcat|zstd|zstdcat|openssl|gpg|sops|unzip|tar|xxd)\b/

const anAddress =
  /\b(?:https?|git|ssh|s3|gs|oci):\/\/[^\s"'`)>]+|\bgit@[^\s"'`)>]+|\bgithub\.com\/[^\s"'`)>]+/

/** The text with what ends no statement out of the way: line ends that go on, marks in quotes. Every place stays where it is. */
function inStatements(text: string): string {
  const spaces = (part: string) => ' '.repeat(part.length)
  return text
    .replace(/\\\r?\n/g, spaces)
    .replace(/"[^"\n]*"|'[^'\n]*'/g, (quoted) => quoted.replace(/[;&|]/g, '_'))
    .replace(/\|\|/g, ';;')
    .replace(/(?<=\|[ \t]*)\r?\n/g, spaces)
}

/** Where the statement stands that holds a place. */
function statementAt(statements: string, place: number): { readonly from: number; readonly to: number } {
  const ends = ['\n', ';', '&']
  const before = place === 0 ? [] : ends.map((end) => statements.lastIndexOf(end, place - 1))
  const behind = ends.map((end) => statements.indexOf(end, place)).filter((at) => at >= 0)
  return { from: Math.max(-1, ...before) + 1, to: Math.min(statements.length, ...behind) }
}

/** What comes from a program itself, or out of a packed text: the text says what. */
function ofItself(command: string): string | undefined {
  if (command.startsWith('istioctl')) return 'istioctl'
  return packed.test(command) ? command : undefined
}

/** What a script fetches, one more than are looked into at most; `filled`: a command with its variables filled in. */
export function fetchesIn(text: string, filled: (command: string) => string): readonly Fetch[] {
  const statements = inStatements(text)
  const found = statements.matchAll(fetching).take(budgets.commands.size + 1)
  return [...found].flatMap(({ index, 0: words }) => {
    const command = filled(text.slice(index, index + words.length))
    const address = anAddress.exec(command)?.[0] ?? ofItself(command)
    return address === undefined ? [] : [{ address, command, ...statementAt(statements, index) }]
  })
}

/** What is fetched for a call: in the same statement, into the file that it names, or into the folder that it reads from. */
export function fetchedFor(
  words: readonly string[],
  place: number,
  fetches: readonly Fetch[],
): readonly string[] {
  const files = words.flatMap((word) => (word.startsWith('-') ? (/=(.+)$/.exec(word)?.[1] ?? []) : word))
  return fetches
    .filter(
      (fetch) =>
        (fetch.from <= place && place < fetch.to) ||
        (fetch.to <= place && files.some((file) => isFrom(file, fetch))),
    )
    .map(({ address }) => address)
}

function isFrom(file: string, { address, command }: Fetch): boolean {
  if (/^git[ \t]/.test(command)) return /^[^/$].*\//.test(file) || /^\.{1,2}$/.test(file)
  const name = file.split('/').at(-1) ?? ''
  if (!name.includes('.')) return false
  return command.includes(`/${name}`) || command.includes(` ${name}`) || address.endsWith(name)
}
