import { expect, test } from 'vitest'
import type { Decorations } from '../../simulator/pages/decorate.ts'
import { html } from '../../simulator/pages/html.ts'
import { renderMarkdown } from '../../simulator/pages/markdown.ts'

const known: Decorations = {
  mention: (name) => (name === 'acme/login' ? '/#acme/login' : undefined),
  reference: (number) => (number === 1 ? '/acme/mesh/pull/1' : undefined),
}

async function render(source: string, given: Partial<Decorations> = {}): Promise<string> {
  return (await renderMarkdown(source, { ...known, ...given })).html
}

test.each([
  ['<script>alert(1)</script>', 'script'],
  ['<img src=x onerror=alert(1)>', 'onerror'],
  ['[x](javascript:alert(1))', 'javascript:'],
  ['<a href="data:text/html,x">x</a>', 'data:'],
  ['<p style="position:fixed">x</p>', 'style'],
  ['<iframe src="/"></iframe>', 'iframe'],
  ['```mermaid\n</pre><script>x</script>\n```', '<script'],
  ['```diff\n+<img onerror=x>\n```', '<img'],
  ['```suggestion\n<svg onload=x>\n```', '<svg'],
])('hostile Markdown is made harmless: %s', async (source, forbidden) => {
  expect(await render(source, { comment: true })).not.toContain(forbidden)
})

test('tables, details and hidden markers are shown as on GitHub', async () => {
  const source =
    '<!-- marker -->\n\n| a |\n|---|\n| b |\n\n<details><summary>More</summary>\n\n**bold**\n\n</details>'
  const shown = await render(source)

  expect(shown).toContain('<td>b</td>')
  expect(shown).toContain('<summary>More</summary>')
  expect(shown).toContain('<strong>bold</strong>')
  expect(shown).not.toContain('marker')
})

test('comments keep line breaks, check runs do not', async () => {
  expect(await render('a\nb', { comment: true })).toContain('a<br>')
  expect(await render('a\nb')).not.toContain('<br>')
})

test('only who and what is there is linked, and nothing in code', async () => {
  const shown = await render('@acme/login @nobody #1 #2 `@acme/login #1` x@acme/login')

  expect(shown.match(/<a /g)).toHaveLength(2)
  expect(shown).toContain('<a href="/#acme/login" class="user-mention">@acme/login</a>')
  expect(shown).toContain('<a href="/acme/mesh/pull/1" class="issue-link">#1</a>')
})

test('a suggestion shows what it would replace', async () => {
  const shown = await render('```suggestion\nprefix: /login\n```', { replaced: ['prefix: /log'] })

  expect(shown).toContain('<td class="code">prefix: /log</td>')
  expect(shown).toContain('<td class="code">prefix: /login</td>')
})

test('diagrams are drawn in comments; a check run shows their source', async () => {
  const source = '```mermaid\nflowchart LR\n  a --> b\n```'

  expect(await render(source, { comment: true })).toContain('class="mermaid-diagram"')
  expect(await render(source)).toContain('<code class="language-mermaid">')
})

test('an alert has its title and its text', async () => {
  const shown = await render('> [!WARNING]\n> Careful', { comment: true })

  expect(shown).toContain('<p class="alert-title">Warning</p>')
  expect(shown).toMatch(/<p>\s*Careful<\/p>/)
})

test('text in pages is escaped, in elements and in attributes', () => {
  const hostile = '"><script>\'&'

  expect(html`<a title="${hostile}">${[hostile, html`<b></b>`]}</a>`.html).toBe(
    '<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">&quot;&gt;&lt;script&gt;&#39;&amp;<b></b></a>',
  )
})
