import { budgets } from '../../domain/budgets.ts'
import { shortened } from '../../domain/source/shortened.ts'
import { visible } from '../../domain/words/visible.ts'

const longestCode = budgets.code.size

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`
}

function longestRun(text: string, of: RegExp): number {
  return (text.match(of) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)
}

/**
 * A code span that holds exactly this text, also in a cell of `table`. A backslash before a `|` cannot be written in
 * backticks inside a table (GFM section 4.10), so such a text becomes a `<code>` element of character references.
 */
export function code(value: string): string {
  const shown = shortened(visible(value), longestCode)
  if (shown.trim() === '' || shown.includes('\\|')) return codeElement(shown)
  const fence = '`'.repeat(longestRun(shown, /`+/g) + 1)
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

function codeElement(shown: string): string {
  return `<code>${shown === '' ? '&nbsp;' : unlinked(shown).replace(/[^\p{L}\p{N} ]/gu, entity)}</code>`
}

/**
 * Breaks with a zero-width space what GitHub turns into a link or a mention in running text: `@name`, `#1`, `GH-1`, a
 * commit, a URL, `:emoji:`. The text has no such space of its own, because `visible` wrote it out.
 */
function unlinked(shown: string): string {
  return shown
    .replace(/[@#]/g, '$&\u200b')
    .replace(/:(?=\/\/|[\w+-]+:)/g, ':\u200b')
    .replace(/(?<![a-z0-9])(?:www|GH)(?=[.-])/gi, '$&\u200b')
    .replace(/(?<![a-z0-9])[0-9a-f]{7,}(?![a-z0-9])/gi, (sha) => sha.replace(/.{6}(?=.)/g, '$&\u200b'))
}

/** Running text in Markdown: no character of it is markup, a link, a mention or an issue reference. */
export function text(value: string): string {
  return unlinked(visible(value).trim())
    .replace(/[\\`*_[\]~$]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&')
    .replace(/[&<>|\u200b]/g, entity)
}

/** The same inside an HTML element, where Markdown is not read. */
export function html(value: string): string {
  return unlinked(visible(value)).replace(/[&<>"'|\u200b]/g, entity)
}

/** A `<code>` element inside an HTML element; GitHub makes no links in it. */
export function htmlCode(value: string): string {
  return `<code>${shortened(visible(value), longestCode).replace(/[&<>"'|]/g, entity)}</code>`
}

/** A fenced block that its own lines cannot close. */
export function fenced(language: string, lines: readonly string[]): string {
  return fencedLines(language, lines).join('\n')
}

/** The same line by line. */
export function fencedLines(language: string, lines: readonly string[]): readonly string[] {
  const shown = lines.map(visible)
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n'), /`+/g) + 1))
  return [`${fence}${language}`, ...shown, fence]
}

/** A GFM table; the cells are Markdown of one line, made with the functions of this file. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [...tableHead(head), ...rows.map(tableRow)].join('\n')
}

/** The first two lines of a table. */
export function tableHead(head: readonly string[]): readonly string[] {
  return [tableRow(head), `|${'---|'.repeat(head.length)}`]
}

/** A line of a table. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** A fold. `summary` is HTML (see `html`), `body` is Markdown. */
export function fold(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}
