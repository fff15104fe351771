import { createHash } from 'node:crypto'
import { appendFileSync, chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyOfVerdict, openKeptVerdicts } from '../../../src/commands/past/kept-verdicts.ts'
import type { PastVerdict } from '../../../src/report/page/past-change.ts'
import { folder } from '../fake-terminal.ts'

const verdict: PastVerdict = {
  verdict: 'ok',
  title: 'OK: nothing\u2028 "changes"',
  teams: [],
  asked: [],
  dropped: [],
  spills: [],
  findings: [],
}

describe('verdicts that are kept', () => {
  it('are there for the next run, by all that they rest on', async () => {
    const path = join(folder(), 'below', 'kept.jsonl')
    const first = await openKeptVerdicts(path)
    await first.keep(keyOfVerdict({ base: 'a', head: 'b' }), verdict)
    await first.keep(keyOfVerdict({ base: 'b', head: 'c' }), 'untouched')

    const second = await openKeptVerdicts(path)

    expect(second.get(keyOfVerdict({ head: 'b', base: 'a' }))).toEqual(verdict)
    expect(second.get(keyOfVerdict({ base: 'b', head: 'c' }))).toBe('untouched')
    expect(second.get(keyOfVerdict({ base: 'a', head: 'c' }))).toBeUndefined()
  })

  it('are for nobody else to read, even where they were', async () => {
    const [here, shared] = [folder(), folder({ 'kept.jsonl': '' })]
    const [path, old] = [join(here, 'below', 'kept.jsonl'), join(shared, 'kept.jsonl')]
    chmodSync(old, 0o644)
    for (const each of [path, old]) await (await openKeptVerdicts(each)).keep('one', verdict)

    const modeOf = (each: string) => statSync(each).mode & 0o777
    expect([join(here, 'below'), path, old].map(modeOf)).toEqual([0o700, 0o600, 0o600])
  })

  it('are kept in a file alone', async () => {
    await expect(openKeptVerdicts('/dev/zero')).rejects.toThrow('it is no file')
  })

  it('do not count where a line was cut off, and what follows does', async () => {
    const path = join(folder(), 'kept.jsonl')
    await (await openKeptVerdicts(path)).keep('one', verdict)
    const line = readFileSync(path, 'utf8')
    for (const end of [1, 40, line.length - 2]) {
      writeFileSync(path, line.slice(0, end))
      const again = await openKeptVerdicts(path)
      expect(again.get('one')).toBeUndefined()

      await again.keep('two', 'untouched')
      expect((await openKeptVerdicts(path)).get('two')).toBe('untouched')
    }
  })

  it('do not count where anything was written otherwise', async () => {
    const path = join(folder(), 'kept.jsonl')
    await (await openKeptVerdicts(path)).keep('one', verdict)
    const line = readFileSync(path, 'utf8')
    for (const other of [
      line.replace('OK: nothing', 'OK: anything'),
      line.replace('"one"', '"two"'),
      'null\n',
      '{"a":1}\n',
      '["one",1,2]\n',
      '["one"]\n',
      '\u0000\n',
    ]) {
      writeFileSync(path, other)
      appendFileSync(path, line.replace('"one"', '"three"'))
      const kept = await openKeptVerdicts(path)
      expect([kept.get('one'), kept.get('two'), kept.get('three')]).toEqual([undefined, undefined, undefined])
    }
  })

  it.each([
    '{}',
    'null',
    '[]',
    'no JSON',
    '"anything"',
    JSON.stringify({ ...verdict, verdict: 'fine' }),
    JSON.stringify({ ...verdict, verdict: 'constructor' }),
    JSON.stringify({ ...verdict, title: 5 }),
    JSON.stringify({ ...verdict, teams: {} }),
    JSON.stringify({ ...verdict, asked: [{ team: 'a' }] }),
    JSON.stringify({ ...verdict, spills: [null] }),
    JSON.stringify({ ...verdict, findings: [{ rule: 'a', message: 'b', line: 'c' }] }),
  ])('do not count where somebody wrote %s, with the digest of it', async (text) => {
    const path = join(folder(), 'kept.jsonl')
    const sum = createHash('sha256').update(`one\n${text}`).digest('hex')
    writeFileSync(path, `${JSON.stringify(['one', sum, text])}\n`)

    expect((await openKeptVerdicts(path)).get('one')).toBeUndefined()
  })
})
