import { describe, expect, it } from 'vitest'
import { endless, hanging } from '../../../src/report/print/screen.ts'

const width = 40

describe('a text in a terminal', () => {
  it('stays one line where it fits', () => {
    expect(hanging('  because  ', 'it fits', { width })).toEqual(['  because  it fits'])
    expect(hanging('', 'x '.repeat(500), endless)).toHaveLength(1)
  })

  it('goes on below its beginning', () => {
    expect(hanging('  because  ', 'one two three four five six seven eight nine', { width })).toEqual([
      '  because  one two three four five six',
      '           seven eight nine',
    ])
  })

  it('goes on as far in as it is told', () => {
    expect(hanging('- ', 'one two three four five six seven eight nine', { width }, '    ')).toEqual([
      '- one two three four five six seven',
      '    eight nine',
    ])
  })

  it('does not cut what holds no space, which may be copied', () => {
    const path = 'teams/'.repeat(12)
    expect(hanging('  in ', `${path} here`, { width })).toEqual([`  in ${path}`, '     here'])
  })

  it('counts no colours', () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`
    const text = Array.from({ length: 8 }, () => red('word')).join(' ')

    expect(hanging('', text, { width })).toHaveLength(1)
  })
})
