import rehypeRaw from 'rehype-raw'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

/** A node of the HTML that a Markdown text becomes. */
export interface Node {
  readonly type: string
  readonly tagName?: string
  readonly value?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly children?: readonly Node[]
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)

/** GitHub Flavored Markdown as HTML, raw HTML included. */
export function rendered(markdown: string): Node {
  return processor.runSync(processor.parse(markdown)) as Node
}

/** The names of all elements, in the order of the text. */
export function elements(node: Node): readonly string[] {
  const own = node.tagName === undefined ? [] : [node.tagName]
  return [...own, ...(node.children ?? []).flatMap(elements)]
}

/** The text alone; comments are none. */
export function content(node: Node): string {
  if (node.type === 'comment') return ''
  return node.value ?? (node.children ?? []).map(content).join('')
}

/** The text of one kind of element, for each of them. */
export function contentsOf(node: Node, tagName: string): readonly string[] {
  const own = node.tagName === tagName ? [content(node)] : []
  return [...own, ...(node.children ?? []).flatMap((child) => contentsOf(child, tagName))]
}

/** The text outside of code, where GitHub looks for mentions and references. */
export function proseOf(node: Node): string {
  if (node.tagName === 'code' || node.tagName === 'pre' || node.type === 'comment') return ' '
  return node.value ?? (node.children ?? []).map(proseOf).join('')
}

/** The text without what is folded. */
export function unfolded(node: Node): Node {
  return {
    ...node,
    children: (node.children ?? []).filter((child) => child.tagName !== 'details').map(unfolded),
  }
}
