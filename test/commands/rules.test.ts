import { expect, it } from 'vitest'
import { rules } from '../../src/domain/rules/index.ts'
import { firebreak, folder } from './fake-terminal.ts'

it('prints every rule with its default', async () => {
  const { code, out } = await firebreak(folder(), 'rules')

  expect(out.trimEnd().split('\n')).toHaveLength(rules.length)
  expect(out).toMatch(/^dropped-entry +block +/m)
  expect(out).toMatch(/^merge-conflict +block .*\(cannot be configured\)$/m)
  expect(code).toBe(0)
})

it('is the whole catalogue as JSON', async () => {
  const { out } = await firebreak(folder(), 'rules', '--format', 'json')

  expect(JSON.parse(out).rules.map(({ rule }: { rule: string }) => rule)).toEqual(rules.map(({ id }) => id))
})

it('prints the page of one rule, which a finding names', async () => {
  const { out } = await firebreak(folder(), 'rules', 'dropped-entry')

  expect(out).toMatch(/^# dropped-entry\n/)
})

it('has a page for every rule', async () => {
  for (const { id } of rules) expect((await firebreak(folder(), 'rules', id)).out).toContain(`# ${id}\n`)
})

it('does not know a rule by another name', async () => {
  const { code, err } = await firebreak(folder(), 'rules', '../rules/dropped-entry')

  expect([code, err]).toEqual([
    2,
    'error: ../rules/dropped-entry is not a rule: firebreak rules lists them.\n',
  ])
})
