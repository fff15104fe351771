import type { Root as HtmlRoot } from 'hast'
import type { Root } from 'mdast'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { type Decorations, decorate } from './decorate.ts'
import { type Html, trusted } from './html.ts'

interface Parent {
  children: unknown[]
}

interface Node {
  readonly type: string
  readonly value?: string
}

function brokenLines(node: Node): unknown[] {
  if (node.type !== 'text' || !node.value?.includes('\n')) return [node]
  return node.value
    .split('\n')
    .flatMap((value, at) =>
      at === 0 ? [{ type: 'text', value }] : [{ type: 'break' }, { type: 'text', value }],
    )
}

function breakLines(parent: Parent): void {
  for (const child of parent.children)
    if (child && typeof child === 'object' && 'children' in child) breakLines(child as Parent)
  parent.children = parent.children.flatMap((child) => brokenLines(child as Node))
}

/** In comments GitHub keeps the writer's line breaks; in files and check runs it does not. */
function keepLineBreaks() {
  return (tree: Root) => breakLines(tree)
}

/**
 * GitHub Flavored Markdown as GitHub shows it: raw HTML is parsed, then everything passes GitHub's own
 * allow-list; only after that are our own elements added.
 */
export async function renderMarkdown(source: string, given: Decorations): Promise<Html> {
  const parsed = unified().use(remarkParse).use(remarkGfm)
  if (given.comment) parsed.use(keepLineBreaks)
  const file = await parsed
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(() => (tree: HtmlRoot) => decorate(tree, given))
    .use(rehypeStringify)
    .process(source)
  return trusted(`<div class="markdown-body">${String(file)}</div>`)
}
