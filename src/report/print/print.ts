import { type Phrase, type Span, shownText } from '../../domain/words/phrase.ts'
import { code, html, htmlCode, text } from './markdown.ts'

function coalesced(phrase: Phrase): Phrase {
  const spans: Span[] = []
  for (const span of phrase) {
    const last = spans.at(-1)
    if (last?.kind === 'words' && span.kind === 'words')
      spans[spans.length - 1] = { ...last, text: last.text + span.text }
    else spans.push(span)
  }
  return spans
}

function spaced(value: string, written: (value: string) => string): string {
  const [, before = '', , after = ''] = /^( *)(.*?)( *)$/s.exec(value) ?? []
  return value.trim() === '' ? value : `${before}${written(value)}${after}`
}

/** Running Markdown of one line. */
export function markdownOf(phrase: Phrase): string {
  return coalesced(phrase)
    .map((span) => (span.kind !== 'words' ? code(shownText(span)) : spaced(span.text, text)))
    .join('')
}

/** A paragraph of Markdown, where there is anything to say. */
export function paragraph(phrase: Phrase | undefined): readonly string[] {
  return phrase === undefined ? [] : [markdownOf(phrase)]
}

/** The inside of an HTML element. */
export function htmlOf(phrase: Phrase): string {
  return coalesced(phrase)
    .map((span) => (span.kind !== 'words' ? htmlCode(shownText(span)) : html(span.text)))
    .join('')
}
