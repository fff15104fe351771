import type { ElementContent } from 'hast'
import type { DiffLine, Hunk } from '../git/hunks.ts'
import { colouredYaml } from './decorate.ts'
import { type Html, html } from './html.ts'

function coloured(node: ElementContent): Html {
  if (node.type === 'text') return html`${node.value}`
  if (node.type !== 'element') return html``
  const names = node.properties['className']
  return html`<span class="${Array.isArray(names) ? names.join(' ') : ''}">${node.children.map(coloured)}</span>`
}

/** A line of source, coloured where its file is YAML. */
function sourceLine(path: string, text: string): Html {
  return /\.ya?ml$/.test(path) ? html`${colouredYaml(text).map(coloured)}` : html`${text}`
}

const marks = { added: '+', removed: '-', context: ' ' } as const

/** A row of a diff: both line numbers, the mark, the text. */
export function diffRow(path: string, line: DiffLine): Html {
  return html`<tr class="diff-${line.kind}"><td class="number">${line.left}</td><td class="number">${line.right}</td><td class="mark-cell">${marks[line.kind]}</td><td class="code">${sourceLine(path, line.text.slice(1))}</td></tr>`
}

/** The heading of a hunk. */
export function hunkRow(hunk: Hunk): Html {
  return html`<tr class="diff-hunk"><td class="number" colspan="2"></td><td class="mark-cell"></td><td class="code">${hunk.header}</td></tr>`
}
