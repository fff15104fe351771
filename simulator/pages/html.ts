/** Markup that is safe to send: everything in it was escaped, or made by us. */
export interface Html {
  readonly html: string
}

/** What may stand in a template: text is escaped, markup is kept, absent values show nothing. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML, for elements and quoted attributes alike. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

function write(part: HtmlPart): string {
  if (part === undefined) return ''
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  if ('html' in part) return part.html
  return part.map(write).join('')
}

/** Builds markup; every value is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { html: strings.map((text, at) => text + write(parts[at])).join('') }
}

/** Markup that is known to be safe: our own constants, and Markdown after sanitizing. */
export function trusted(markup: string): Html {
  return { html: markup }
}
