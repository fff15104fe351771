import { describe, expect, test } from 'vitest'
import { plain } from '../../src/report/paint.ts'
import { routesJson } from '../../src/report/routes-json.ts'
import { terminalRoutes } from '../../src/report/terminal.ts'
import { assessStory, readStory } from './story.ts'

function tablesOf(name: string): Parameters<typeof routesJson>[0] {
  return assessStory(readStory(name)).comparison.merged.meshes.flatMap((mesh) => mesh.tables)
}

describe('the effective route tables', () => {
  test('for people: every route in order with its place, and what was dropped', async () => {
    await expect(terminalRoutes(tablesOf('third-match'), plain)).toMatchFileSnapshot(
      './golden/routes/third-match.expected.txt',
    )
    await expect(terminalRoutes(tablesOf('two-hosts-and-the-mesh'), plain)).toMatchFileSnapshot(
      './golden/routes/two-hosts-and-the-mesh.expected.txt',
    )
  })

  test('for programs: one table for each mesh, gateway and host, each merged entry once', async () => {
    await expect(`${JSON.stringify(routesJson(tablesOf('third-match')), null, 2)}\n`).toMatchFileSnapshot(
      './golden/routes/third-match.expected.json',
    )
  })

  test('an empty repository has none', () => {
    expect(terminalRoutes([], plain)).toBe('No VirtualService serves any host here.\n')
    expect(routesJson([])).toEqual({ schema: 'firebreak/1', tables: [] })
  })
})
