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

/** A page that needs nothing else: no script, no font, no request. `own` is the style that it alone has. */
export function pageOf(title: string, body: readonly string[], own = ''): string {
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}${own}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
  ].join('\n')}\n`
}

const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; border-left: .4rem solid var(--verdict, gray); padding-left: .8rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
.ok { --verdict: #1a7f37; } .waiting { --verdict: #bf8700; } .blocked { --verdict: #cf222e; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
code, pre { font: .9em/1.45 ui-monospace, monospace; background: var(--soft); border-radius: .3em; }
code { padding: .1em .3em; overflow-wrap: anywhere; } pre { padding: .8rem; overflow-x: auto; }
li { margin: .4rem 0; } .place { opacity: .7; } ins { color: #1a7f37; text-decoration: none; } del { color: #cf222e; text-decoration: none; }
`
