import { describe, expect, test } from 'vitest'
import { tableDiff } from '../../../../src/report/sentences/tables/table-diff.ts'
import { edited, replacing, unchanged } from '../../edited.ts'
import { assessStory, readStory } from '../../story.ts'

const own = readStory('own-path')

function diffOf(edit: (text: string) => string): readonly string[] {
  const { base, merged } = assessStory(
    edited(unchanged(own), { head: { 'teams/login/vs-1.yaml': edit } }),
  ).comparison
  return tableDiff(base.meshes[0]?.tables[0], merged.meshes[0]?.tables[0]).map(({ text }) => text)
}

describe('the difference of two route tables', () => {
  test('is empty for equal tables, wherever their lines stand in the file', () => {
    expect(diffOf((text) => text)).toEqual([])
    expect(diffOf(replacing('spec:', '# a line more\nspec:'))).toEqual([])
  })

  test('shows a changed action as a pair, and counts what is far away', () => {
    expect(diffOf(replacing('      route:', '      timeout: 3s\n      route:'))).toEqual([
      '- /login              vs-1   productpage:9080                  teams/login/vs-1.yaml:10',
      '+ /login              vs-1   productpage:9080, a 3 s timeout   teams/login/vs-1.yaml:10',
      '- /logout             vs-1   productpage:9080                  teams/login/vs-1.yaml:12',
      '+ /logout             vs-1   productpage:9080, a 3 s timeout   teams/login/vs-1.yaml:12',
      '  /productpage        vs-2   productpage:9080                  teams/catalog/vs-2.yaml:10',
      '  /static*            vs-2   productpage:9080                  teams/catalog/vs-2.yaml:12',
      '  /api/v1/products*   vs-2   productpage:9080                  teams/catalog/vs-2.yaml:14',
    ])
  })

  test('a table that is only on one side is all new or all gone', () => {
    const { merged } = assessStory(own).comparison
    const table = merged.meshes[0]?.tables[0]

    expect(tableDiff(undefined, table).every(({ text }) => text.startsWith('+ '))).toBe(true)
    expect(tableDiff(table, undefined).every(({ text }) => text.startsWith('- '))).toBe(true)
  })
})
