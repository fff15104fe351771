import { expect, it } from 'vitest'
import { expectContract } from './contract.ts'
import { firebreak, folder } from './fake-terminal.ts'

const path = (codeowners: string) => folder({ 'docs/CODEOWNERS': codeowners })

it('prints the line that decides each path, in the order asked', async () => {
  const dir = path('* @a/all\n# comment\n/teams/ @a/x b@example.test\n/teams/free/\n')

  const { code, out } = await firebreak(
    dir,
    'owners',
    'teams/x.yaml',
    './README.md',
    'teams/free/y',
    '--',
    '-z',
  )

  const answers = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  for (const answer of answers) expectContract('owners', answer)
  expect(answers).toEqual([
    { path: 'teams/x.yaml', owners: ['@a/x', 'b@example.test'], line: 3, pattern: '/teams/' },
    { path: './README.md', owners: ['@a/all'], line: 1, pattern: '*' },
    { path: 'teams/free/y', owners: [], line: 4, pattern: '/teams/free/' },
    { path: '-z', owners: ['@a/all'], line: 1, pattern: '*' },
  ])
  expect(code).toBe(0)
})

it('answers without a CODEOWNERS, too', async () => {
  const { code, out } = await firebreak(folder(), 'owners', 'x')

  expect([code, out]).toEqual([0, '{"path":"x","owners":[],"line":null,"pattern":null}\n'])
})

it('says which lines do not count', async () => {
  const { err } = await firebreak(path('* nobody-at-all\n'), 'owners', 'x')

  expect(err).toMatch(/^docs\/CODEOWNERS:1 /)
})

it('needs a directory', async () => {
  const { code, err } = await firebreak(folder(), 'owners', '--dir', 'nowhere', 'x')

  expect(err).toContain('--dir nowhere is not a directory')
  expect(code).toBe(2)
})
