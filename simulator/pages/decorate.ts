import type { Element, ElementContent, Root, RootContent, Text } from 'hast'

/** What GitHub adds to Markdown besides its markup. */
export interface Decorations {
  /** Comments keep line breaks and draw diagrams; that check runs draw them is established nowhere. */
  readonly comment?: true
  /** The address of a mentioned account or team (without `@`), if there is one. */
  readonly mention: (name: string) => string | undefined
  /** The address of a pull request (`#1`), if there is one. */
  readonly reference: (number: number) => string | undefined
  /** The lines that a suggestion would replace. */
  readonly replaced?: readonly string[]
}

function element(tagName: string, className: string, children: ElementContent[]): Element {
  return {
    type: 'element',
    tagName,
    properties: className === '' ? {} : { className: className.split(' ') },
    children,
  }
}

function text(value: string): Text {
  return { type: 'text', value }
}

function textOf(node: ElementContent | RootContent): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

function classOfDiffLine(line: string): string {
  if (line.startsWith('@@')) return 'diff-hunk'
  if (line.startsWith('+')) return 'diff-added'
  return line.startsWith('-') ? 'diff-removed' : ''
}

function colouredDiff(source: string): Element {
  const lines = source.replace(/\n$/, '').split('\n')
  const spans = lines.map((line) =>
    element('span', `diff-line ${classOfDiffLine(line)}`, [text(`${line}\n`)]),
  )
  return element('pre', 'highlight', [element('code', '', spans)])
}

/** Keys, comments and quoted strings of YAML, enough to read by. */
export function colouredYaml(source: string): ElementContent[] {
  return source.split(/(?<=\n)/).flatMap((line) => {
    const [, indent = '', key = '', rest = line] = /^([\s-]*)([\w./"'-]+:)(?=\s|$)([\s\S]*)$/.exec(line) ?? []
    const comment = /(^|\s)#.*/.exec(rest)
    const value = comment ? rest.slice(0, comment.index) : rest
    return [
      ...(key === '' ? [] : [text(indent), element('span', 'pl-key', [text(key)])]),
      /^\s*["'].*["']\s*$/.test(value) ? element('span', 'pl-string', [text(value)]) : text(value),
      ...(comment ? [element('span', 'pl-comment', [text(rest.slice(comment.index))])] : []),
    ]
  })
}

function suggestionTable(source: string, replaced: readonly string[]): Element {
  const row = (kind: 'removed' | 'added', line: string) =>
    element('tr', `diff-${kind}`, [
      element('td', 'mark', [text(kind === 'added' ? '+' : '-')]),
      element('td', 'code', [text(line)]),
    ])
  const added = source.replace(/\n$/, '').split('\n')
  return element('div', 'suggestion', [
    element('div', 'suggestion-head', [text('Suggested change')]),
    element('table', '', [
      element('tbody', '', [
        ...replaced.map((line) => row('removed', line)),
        ...(source === '' ? [] : added.map((line) => row('added', line))),
      ]),
    ]),
  ])
}

/** A diagram: drawn in the browser, and readable as source until then or where drawing fails. */
function diagram(source: string): Element {
  const code = element('pre', 'mermaid-source', [element('code', '', [text(source)])])
  return element('div', 'mermaid-diagram', [code])
}

function fence(node: Element, given: Decorations): Element | undefined {
  const [code] = node.children
  if (node.tagName !== 'pre' || code?.type !== 'element' || code.tagName !== 'code') return undefined
  const classes = code.properties['className']
  const language = Array.isArray(classes) ? String(classes[0] ?? '').replace('language-', '') : ''
  const source = textOf(code)
  if (language === 'mermaid' && given.comment) return diagram(source)
  if (language === 'diff') return colouredDiff(source)
  if (language === 'suggestion') return suggestionTable(source, given.replaced ?? [])
  if (language === 'yaml' || language === 'yml')
    return element('pre', 'highlight', [element('code', '', colouredYaml(source))])
  return undefined
}

const alerts: Readonly<Record<string, string>> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
}

function alert(node: Element): Element | undefined {
  if (node.tagName !== 'blockquote') return undefined
  const first = node.children.find((child) => child.type === 'element')
  const start = first?.type === 'element' ? first.children[0] : undefined
  const kind = start?.type === 'text' ? /^\[!(\w+)\]\s*\n?/.exec(start.value) : null
  const title = alerts[kind?.[1] ?? '']
  if (!kind || !title || first?.type !== 'element' || start?.type !== 'text') return undefined
  const [after, ...others] = first.children.slice(1)
  const broken = after?.type === 'element' && after.tagName === 'br'
  const following = after === undefined || broken ? others : [after, ...others]
  const words = text(start.value.slice(kind[0].length))
  const rest = { ...first, children: [words, ...following] }
  return element('div', `alert alert-${title.toLowerCase()}`, [
    element('p', 'alert-title', [text(title)]),
    rest,
    ...node.children.slice(node.children.indexOf(first) + 1),
  ])
}

function link(href: string, className: string, label: string): Element {
  return { ...element('a', className, [text(label)]), properties: { href, className: [className] } }
}

const linkable = /(?<![\w/`@#])(?:@([A-Za-z\d](?:[\w-]*[A-Za-z\d])?(?:\/[\w-]+)?)|#(\d+))(?![\w/-])/g

function linked({ value }: Text, given: Decorations): ElementContent[] {
  const parts: ElementContent[] = []
  let end = 0
  for (const match of value.matchAll(linkable)) {
    const [whole, name, number] = match
    const href = name === undefined ? given.reference(Number(number)) : given.mention(name)
    if (href === undefined) continue
    parts.push(
      text(value.slice(end, match.index)),
      link(href, name === undefined ? 'issue-link' : 'user-mention', whole),
    )
    end = match.index + whole.length
  }
  parts.push(text(value.slice(end)))
  return parts
}

function decorated(node: ElementContent, given: Decorations): ElementContent[] {
  if (node.type === 'text') return linked(node, given)
  if (node.type !== 'element') return [node]
  const special = fence(node, given)
  if (special) return [special]
  if (['a', 'code', 'pre'].includes(node.tagName)) return [node]
  const shown = alert(node) ?? node
  return [{ ...shown, children: shown.children.flatMap((child) => decorated(child, given)) }]
}

/** Adds mentions, references, alerts, diagrams, coloured code and suggestions to sanitized Markdown. */
export function decorate(tree: Root, given: Decorations): void {
  tree.children = tree.children.flatMap((child) => (child.type === 'doctype' ? [] : decorated(child, given)))
}
