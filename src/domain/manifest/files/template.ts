import type { YamlDocument } from '../../source/yaml.ts'
import { isRefusedByAll } from '../../source/yaml-fault.ts'
import { documentFault } from '../document-fault.ts'
import type { Unreadable } from '../manifests.ts'

/**
 * Whether a document that cannot be read is the source of one, to be rendered by another tool: it holds template marks, and
 * nobody reads it as it stands. Marks within comments make no template.
 */
export function isTemplate({ range, overLimit, diagnostics }: YamlDocument): boolean {
  const code = diagnostics[0]?.code
  const { text } = range.file
  if (overLimit === true || code === undefined || !isRefusedByAll(code, text)) return false
  const own = text.slice(range.start, range.end)
  return own.includes('{{') && own.replace(/(?:^|[ \t])#[^\n]*$/gm, '').includes('{{')
}

/** The template as something that was not analysed. */
export function templateAt({ range }: YamlDocument): Unreadable {
  const at = { ...range, end: range.start }
  const diagnostic = {
    id: 'invalid-manifest',
    severity: 'info',
    ...documentFault('template'),
    range: at,
  } as const
  return { path: range.file.path, diagnostic, template: true }
}

/** A comment whatever the template is filled in with: no marks in it, and no break but the one that ends it. */
const comment = /^[ \t]*#[\t\x20-\x7a\x7c\x7e\xa0-\u2027\u202a-\ufefe]*$/

/** A field or item that is written as a whole on its line, a separator, or marks that stand alone. */
const whole = /^[ \t]*(?:- |[\w./-]+:(?:[ \t]|$)|---$|\{\{|$)/

/**
 * The text of a template without its comments, where they surely are comments: lines of their own, between others none of
 * which goes on over several lines. Where it is not so sure, all of it.
 */
export function withoutComments(text: string): string {
  const lines = text.split('\n')
  const said = lines.filter((line) => !comment.test(line))
  return said.every(isWhole) ? said.join('\n') : text
}

function isWhole(line: string): boolean {
  const count = (mark: string) => line.split(mark).length - 1
  return (
    whole.test(line) &&
    count('"') % 2 === 0 &&
    count("'") % 2 === 0 &&
    count('{{') === count('}}') &&
    !line.includes('`') &&
    !/[|>][-+\d]*[ \t]*(?:#.*)?$/.test(line)
  )
}
