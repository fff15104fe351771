import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { packageFile } from '../../src/package-file.ts'
import { firebreak } from '../commands/fake-terminal.ts'
import { fetchClone } from '../support/fetched-clone.ts'
import { openTheatre, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const text = bookinfoFiles()[login] ?? ''
const slower = (seconds: number) => ({ [login]: `${text}      timeout: ${seconds}s\n` })

/** What of a record the tests look at, or change. */
interface Line {
  version: string
  inputs: {
    pull: { number: number }
    people: { reviews: { state: string }[] }
    impostors: string[]
    files: Record<string, string>
  }
  verdict: { conclusion: string; title: string; report: string }
}

interface Change {
  readonly inputs?: Pick<Line['inputs'], 'files'>
  readonly verdict?: Partial<Line['verdict']>
}

describe('a record of decisions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-decisions-'))
  const decisions = join(folder, 'decisions.jsonl')
  const clone = join(folder, 'clone')
  let theatre: Theatre
  let story: Story

  const lines = () => readFileSync(decisions, 'utf8').trimEnd().split('\n')
  const records = () => lines().map((line) => JSON.parse(line) as Line)
  const replay = (path: string) => firebreak(folder, 'replay', path, '--dir', clone)

  /** The last record of an approval, after a change. */
  function changed(change: (record: Line) => unknown): string {
    const record = records().findLast(({ inputs }) => inputs.people.reviews.length > 0)
    if (record === undefined) throw new Error('nobody has approved anything')
    change(record)
    const path = join(folder, 'changed.jsonl')
    writeFileSync(path, JSON.stringify(record))
    return path
  }

  beforeAll(async () => {
    theatre = await openTheatre({}, { decisions })
    const { github } = theatre
    story = await theatre.story()
    const pull = await story.propose('carla', slower(9))
    await pull.approve('leo')
    await pull.verdict()
    await (await story.propose('lina', { 'README.md': 'Hello' })).verdict()
    await (await story.propose('lina', { [login]: text.replace('  http:', '  http: [') })).verdict()
    await story.push('lina', 'conflict', { [login]: text.replace('/login', '/login-1') }, { from: 'main' })
    await story.push('maya', 'main', { [login]: text.replace('/login', '/login-2') })
    await (await story.open('lina', 'conflict')).verdict()
    await fetchClone(github, { repo: story.repo, by: 'maya', to: clone })
  })

  afterAll(async () => {
    await theatre.close()
    rmSync(folder, { recursive: true })
  })

  it('has a line for each verdict, as its schema says', () => {
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(JSON.parse(packageFile('schema/decision.schema.json')))

    const kept = records()

    expect(kept.filter((record) => !validate(record))).toEqual([])
    expect(new Set(kept.map(({ verdict }) => verdict.conclusion))).toEqual(
      new Set(['success', 'failure', 'action_required']),
    )
    expect(new Set(kept.map(({ inputs }) => inputs.pull.number))).toEqual(new Set([0, 1, 2, 3, 4]))
  })

  it('comes out the same in a clone, verdict by verdict', async () => {
    const { code, out, err } = await replay(decisions)

    expect(err).toBe('')
    expect(out.split('\n').filter((line) => !line.startsWith('same: '))).toEqual([''])
    expect(out.trimEnd().split('\n')).toHaveLength(lines().length)
    expect(code).toBe(0)
  })

  it('of another approval says what differs', async () => {
    const { code, out } = await replay(
      changed(({ inputs }) => {
        for (const review of inputs.people.reviews) review.state = 'changes-requested'
      }),
    )

    expect(code).toBe(1)
    expect(out).toContain('differs: ')
    expect(out).toContain('conclusion: was success, is action_required')
    expect(out).toMatch(
      /reasons: no more \{"team":"@[\w-]+\/login","codes":\["[\w-]+"[^\n]*"satisfiedBy":"leo"\}/,
    )
    expect(out).toMatch(/reasons: new \{"team":"@[\w-]+\/login","codes":\["[^\n]*\]\}/)
  })

  it.each([
    ['files', { inputs: { files: { base: '0'.repeat(64) } } }, 'files (base)'],
    ['words', { verdict: { report: '0'.repeat(64) } }, 'report: '],
    ['titles', { verdict: { title: 'OK: \u001b[31m' } }, 'title: was OK: '],
  ])('of other %s says so', async (_, { inputs, verdict }: Change, words) => {
    const { code, out } = await replay(
      changed((record) => {
        Object.assign(record.inputs.files, inputs?.files)
        Object.assign(record.verdict, verdict)
      }),
    )

    expect(code).toBe(1)
    expect(out).toContain(words)
  })

  it.each([
    ['nothing', '', /holds no record/],
    ['no JSON', 'no', /line 1 is no record of a decision/],
    ['null', 'null', /line 1 is no record/],
    ['a deep list', '['.repeat(100_000), /line 1 is no record/],
    [
      'another schema',
      '{"schema":"firebreak-decision/2"}',
      /line 1 is no record of a decision: \w+ is not what/,
    ],
  ])('of %s is a mistake of the user', async (_, content, words) => {
    const path = join(folder, 'hostile.jsonl')
    writeFileSync(path, content)

    expect(await replay(path)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) })
  })

  it.each([
    ['an unknown field', (record: Line) => Object.assign(record.inputs, { 'x\u001b': 1 })],
    [
      'an option for a commit',
      (record: Line) => Object.assign(record.inputs.pull, { base: { branch: 'main', tip: '--all' } }),
    ],
    ['a number for a login', ({ inputs }: Line) => inputs.impostors.push(7 as unknown as string)],
    [
      'a commit that is not there',
      (record: Line) => Object.assign(record.inputs.pull, { base: { branch: 'main', tip: 'f'.repeat(40) } }),
    ],
  ])('with %s is a mistake of the user', async (_, change) => {
    const { code, err } = await replay(changed(change))

    expect(code).toBe(2)
    expect(err).toMatch(/^error: [^\n\u001b]+\n$/)
  })

  it('that was cut off keeps none of the others from being judged', async () => {
    const [first = '', ...others] = lines()
    const pruned = JSON.parse(first) as Line
    Object.assign(pruned.inputs.pull, { base: { branch: 'main', tip: 'f'.repeat(40) } })
    const path = join(folder, 'cut.jsonl')
    writeFileSync(path, [first.slice(0, 700), JSON.stringify(pruned), ...others].join('\n'))

    const { code, out, err } = await replay(path)

    expect(out.match(/^same: /gm)).toHaveLength(others.length)
    expect(err).toMatch(/line 1 is no record of a decision[^\n]*\nerror: [^\n]*has no commit ffff[^\n]*\n$/)
    expect(code).toBe(2)
  })

  it('that is not there, or without a clone, is a mistake of the user', async () => {
    expect((await replay('none.jsonl')).err).toContain('there is no such file')
    expect((await replay('.')).err).toContain('it is a directory')
    expect((await firebreak(folder, 'replay', decisions)).err).toContain('does not lie in a Git repository')
    expect((await firebreak(folder, 'replay', decisions, '--dir', 'none')).err).toContain('no directory')
  })

  it('that cannot be kept any more stops no verdict', async () => {
    rmSync(decisions)
    mkdirSync(decisions)

    const pull = await story.propose('lina', { 'README.md': 'Bye' })

    expect((await pull.verdict()).conclusion).toBe('success')
  })

  it('that cannot be kept at all is said at start', async () => {
    const impossible = openTheatre({}, { decisions: join(folder, 'none', 'decisions') })

    await expect(impossible).rejects.toThrow('DECISIONS cannot be written')
  })
})
