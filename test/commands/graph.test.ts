import { expect, it } from 'vitest'
import { clone, commit, firebreak, folder, write } from './fake-terminal.ts'
import { shop, shopWith } from './shop.ts'

const renamed = shopWith('mesh/shop.yaml', ['name: cart', 'name: "<b>\\"trolley"'])

it('is Mermaid unless something else is asked for', async () => {
  const { code, out } = await firebreak(folder(shop), 'graph')

  expect(out).toBe(`graph LR
  n0["mesh/shop of mesh"]
  n1("teams/cart of cart")
  n2("teams/pages of pages")
  n0 -->|"/cart*"| n1
  n0 -->|"/*"| n2
`)
  expect(code).toBe(0)
})

it('marks what differs from a base that is a commit', async () => {
  const { path, git } = clone(shop)
  write(path, renamed)
  commit({ path, git }, 'renamed')

  const { out } = await firebreak(path, 'graph', '--base', 'HEAD~1', '--format', 'json')

  const { edges } = JSON.parse(out)
  expect(edges.map(({ to, mark, state }: Record<string, string>) => [to, mark, state])).toEqual(
    expect.arrayContaining([
      ['teams/cart', 'removed', 'resolved'],
      ['teams/pages', 'same', 'resolved'],
      ['teams/<b>"trolley', 'added', 'missing'],
    ]),
  )
})

/** A page has two scripts of its own: one with data, and one that runs. */
function withoutOurs(page: string): string {
  return page.replace(
    /<script type="application\/json" id="sides">[^<]*<\/script>\n<script>.*<\/script>\n<\/body>/s,
    '',
  )
}

it.each(['svg', 'html', 'dot', 'mermaid'])('lets no name be markup in %s', async (format) => {
  const { code, out } = await firebreak(folder(renamed), 'graph', '--format', format)

  expect(out).not.toContain('<b>"')
  expect(withoutOurs(out)).not.toContain('<script')
  expect(out).toContain('trolley')
  expect(code).toBe(0)
})

it.each(['svg', 'html', 'dot', 'mermaid', 'json'])('draws an empty directory as %s', async (format) => {
  const { code, out } = await firebreak(folder(), 'graph', '--format', format)

  expect(out.trim()).not.toBe('')
  expect(code).toBe(0)
})
