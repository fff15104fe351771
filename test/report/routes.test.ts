import { describe, expect, test } from 'vitest'
import { routesJson } from '../../src/report/page/json/routes-json.ts'
import { terminalRoutes } from '../../src/report/page/text/check-text.ts'
import { endless } from '../../src/report/print/screen.ts'
import { assessStory, readStory } from './story.ts'

function tablesOf(name: string): Parameters<typeof routesJson>[0] {
  return assessStory(readStory(name)).comparison.merged.meshes.flatMap((mesh) => mesh.tables)
}

describe('the effective route tables', () => {
  test('for people: every route in order with its place, and what was dropped', async () => {
    await expect(terminalRoutes(tablesOf('third-match'), endless)).toMatchFileSnapshot(
      './golden/routes/third-match.expected.txt',
    )
    await expect(terminalRoutes(tablesOf('two-hosts-and-the-mesh'), endless)).toMatchFileSnapshot(
      './golden/routes/two-hosts-and-the-mesh.expected.txt',
    )
  })

  test('for programs: one table for each mesh, gateway and host, each merged entry once', async () => {
    await expect(`${JSON.stringify(routesJson(tablesOf('third-match')), null, 2)}\n`).toMatchFileSnapshot(
      './golden/routes/third-match.expected.json',
    )
  })

  test('a host that another tool fills in is said to be none', () => {
    const [table] = tablesOf('third-match')
    if (table === undefined) throw new Error('The story has no table')
    const filledIn = { ...table, host: '$' + '{HOST}' }

    expect(terminalRoutes([filledIn], endless)).toContain(
      'the host above holds a placeholder, which another tool fills in',
    )
    expect(routesJson([filledIn])).toMatchObject({ tables: [{ placeholders: true }] })
    expect(terminalRoutes([table], endless)).not.toContain('placeholder')
    expect(JSON.stringify(routesJson([table]))).not.toContain('placeholders')
  })

  test('an empty repository has none', () => {
    expect(terminalRoutes([], endless)).toBe('No VirtualService serves any host here.\n')
    expect(routesJson([])).toEqual({ schema: 'firebreak/1', tables: [] })
  })
})
