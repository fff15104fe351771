import { describe, expect, it } from 'vitest'
import { nobody, readMembers } from '../../../src/commands/given/members.ts'
import type { Terminal } from '../../../src/commands/terminal.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { folder } from '../fake-terminal.ts'

function read(text: string) {
  const terminal: Terminal = {
    directory: folder({ 'm.yml': text }),
    environment: {},
    ...endless,
    write: () => {},
    warn: () => {},
    doing: () => {},
    today: () => '2026-01-02',
  }
  return readMembers('m.yml', terminal)
}

describe('a members file', () => {
  it('says who is in which team, in any case', async () => {
    const members = await read('"@Org/Team": [Ann, 123, on]\n"@org/none":\n')

    expect(members.membership('@org/team', 'ANN')).toBe('member')
    expect(members.membership('@org/team', '123')).toBe('member')
    expect(members.membership('@org/team', 'on')).toBe('member')
    expect(members.membership('@org/team', 'bob')).toBe('no-member')
    expect(members.membership('@org/none', 'ann')).toBe('no-member')
    expect([members.mayWrite('ann'), members.mayWrite('bob')]).toEqual([true, false])
  })

  it('takes logins as they are written, whatever else they look like', async () => {
    const members = await read('"@org/team": &all [y, no, "ON", 0o17, 1.30, 1e3, null]\n"@org/other": *all\n')

    for (const login of ['y', 'no', 'on', '0o17', '1.30', '1e3', 'null'])
      expect([members.membership('@org/team', login), members.membership('@org/other', login)]).toEqual([
        'member',
        'member',
      ])
    expect(members.membership('@org/team', '15')).toBe('no-member')
  })

  it('lists who speaks for an owner, where it says so', async () => {
    const members = await read('"@Org/Team": [Ann, "release[bot]"]\n')

    expect(members.of('@org/team')).toEqual([
      { login: 'ann', bot: false },
      { login: 'release[bot]', bot: true },
    ])
    expect(members.of('@Bob')).toEqual([{ login: 'bob', bot: false }])
    expect(members.of('@org/other')).toBeUndefined()
    expect(members.of('ann@example.test')).toBeUndefined()
  })

  it('resolves neither a team it does not name nor an e-mail, and a person without its help', async () => {
    const members = await read('')

    expect(members.membership('@org/team', 'ann')).toBe('unresolvable')
    expect(members.membership('ann@example.test', 'ann')).toBe('unresolvable')
    expect(members.membership('repository-admins', 'ann')).toBe('unresolvable')
    expect(members.membership('@ann', 'Ann')).toBe('member')
    expect(nobody.membership('@ann', 'bob')).toBe('no-member')
  })

  it.each([
    ['- a', 'line 1'],
    ['"@a/b": ann', 'line 1'],
    ['x: [1]\n"@a/b": [{ a: b }]', 'line 2'],
    ['a: [', 'line'],
    ['"@a/b": [x]\n---\n"@a/c": [y]\n', 'line 3'],
    ['"@a/b": [x]\n"@A/c": [y]\n"@a/b": [z]\n', 'line 3'],
    ['"@a/b": &b { x: y }\n"@a/c": [*b]\n', 'line 1'],
    ['x: &x [y]\n"@a/b":\n  <<: *x\n', 'line 3'],
    ['"@a/b": [x] # \u2028"@a/c": [y]\n', 'line 1'],
  ])('%j is refused with its line', async (text, place) => {
    await expect(read(text)).rejects.toThrow(place)
  })
})
