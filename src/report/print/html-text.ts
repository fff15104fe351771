import { type Phrase, shownText } from '../../domain/words/phrase.ts'
import { visible, visibleJson } from '../../domain/words/visible.ts'

/** Text as the inside of an element or a quoted attribute of a page of our own: nothing of it is markup. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A phrase inside an element; what is quoted from a manifest stands in `<code>`. */
export function phraseHtml(phrase: Phrase): string {
  return phrase
    .map((span) => (span.kind === 'words' ? escaped(span.text) : `<code>${escaped(shownText(span))}</code>`))
    .join('')
}

/** A JSON text inside a `<script>` that does not run: nothing in it can end the element, or begin another. */
export function scriptJson(value: unknown): string {
  return visibleJson(value).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
}
