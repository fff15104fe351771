import { escaped } from '../print/html-text.ts'
import type { Placing } from './graph/drawing.ts'
import { pageStyle } from './style.ts'
import { sharedDrawings } from './team-colours.ts'

/** What a page needs that cannot be worked out here. */
export interface PageTools {
  /** What runs in it. */
  readonly script: string
  /** By it a page says which script and which style are its own; in base64. */
  readonly sha256: (text: string) => string
  /** What lays its pictures out: with them it is loaded, and needed by nothing else. */
  readonly placed: Placing
}

/** A part of a page, with a heading that can be jumped to. */
export interface Section {
  readonly id: string
  readonly heading: string
  readonly lines: readonly string[]
}

/** What stands on a page. */
export interface PageContent {
  readonly title: string
  /** The inside of the banner, HTML. */
  readonly banner: readonly string[]
  readonly sections: readonly Section[]
  /** For the script; nothing that the page shows without it. */
  readonly data: string
}

/** A page that answers, and asks nobody: no request, no font, no script but its own. */
export function livingPage(
  { title, banner, sections, data }: PageContent,
  { script, sha256 }: PageTools,
): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const there = sections.filter(({ lines }) => lines.length > 0)
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#content">To the content</a>',
    '<header>',
    ...banner,
    '</header>',
    ...contents(there),
    '<main id="content" tabindex="-1">',
    ...there.flatMap(sectionHtml),
    '</main>',
    sharedDrawings,
    `<script type="application/json" id="sides">${data}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
  ].join('\n')}\n`
}

function contents(sections: readonly Section[]): readonly string[] {
  if (sections.length < 2) return []
  const links = sections.map(({ id, heading }) => `<li><a href="#${id}">${escaped(heading)}</a></li>`)
  return ['<nav aria-label="On this page"><ul>', ...links, '</ul></nav>']
}

function sectionHtml({ id, heading, lines }: Section): readonly string[] {
  return [
    `<section id="${id}" aria-labelledby="${id}-heading">`,
    `<h2 id="${id}-heading">${escaped(heading)}</h2>`,
    ...lines,
    '</section>',
  ]
}
