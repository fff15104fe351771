import type { GraphEdge } from '../graph-model.ts'
import type { PageEdge, PageMark, PageNode } from './page-graph.ts'

/** Why a reference leads nowhere, or leads elsewhere. */
const faultWords: Readonly<Record<GraphEdge['state'], string>> = {
  resolved: '',
  external: 'not in this repository',
  missing: 'not there',
  hidden: 'not exported to the primary',
  'has-hosts': 'has hosts',
  nested: 'delegates itself',
}

/** What the marks mean, in the order of the legend. */
export const marks: readonly (readonly [mark: PageMark, sign: string, words: string])[] = [
  ['added', '+', 'added'],
  ['removed', '\u2212', 'removed'],
  ['changed', '\u2260', 'changed'],
  ['renamed', '\u2192', 'renamed'],
  ['missing', '?', 'missing'],
]

/** A mark with its sign; nothing for what stays as it is. */
function markText(mark: PageMark): string {
  const [found] = marks.filter(([each]) => each === mark)
  return found === undefined ? '' : `${found[1]} ${found[2]}`
}

/** What becomes of a VirtualService. */
export function markWords({ mark, was, name }: PageNode): string {
  return was === undefined ? markText(mark) : `${markText(mark)}, was ${briefly(was, name)}`
}

/** Without the namespace where both have the same. */
function briefly(was: string, name: string): string {
  const namespace = name.slice(0, name.indexOf('/') + 1)
  return was.startsWith(namespace) ? was.slice(namespace.length) : was
}

/** What becomes of a reference, and why it does not lead where it should. */
export function edgeRemark({ mark, state }: PageEdge): string {
  if (state === 'missing') return markText(mark)
  return [markText(mark), faultWords[state]].filter((each) => each !== '').join(', ')
}

/** The first few matches that are delegated, the others counted. */
export function prefixesOf({ prefixes }: PageEdge, most: number): readonly string[] {
  if (prefixes.length <= most) return prefixes
  return [...prefixes.slice(0, most), `and ${prefixes.length - most} more`]
}
