import type { YamlDocument } from '../source/yaml.ts'
import { isRefusedByAll } from '../source/yaml-fault.ts'
import type { Unreadable } from './manifests.ts'

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
    message: 'template, not analysed',
    range: at,
  } as const
  return { path: range.file.path, diagnostic, template: true }
}
