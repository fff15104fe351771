import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectContract } from './commands/contract.ts'
import { firebreak, folder } from './commands/fake-terminal.ts'

const root = new URL('../', import.meta.url).pathname
const stories = readdirSync(`${root}/test/cases`).filter((name) =>
  statSync(`${root}/test/cases/${name}`).isDirectory(),
)

interface Cast {
  readonly draft?: boolean
  readonly author?: string
  readonly approvedBy?: readonly string[]
}

function castOf(name: string): Cast {
  return JSON.parse(readFileSync(`${root}/test/cases/${name}/people.json`, 'utf8')) as Cast
}

/** Nothing in these concerns the mesh, so the manifests are not even read and older findings stay unseen. */
const unread = ['no-manifest']

/** Every story can be replayed by hand; what it says is what the App says of it. Only a forge knows drafts. */
describe.each(stories.filter((name) => castOf(name).draft !== true))(
  'the story %s on the command line',
  (name) => {
    const cast = castOf(name)
    const golden = readFileSync(`${root}/test/report/golden/${name}/check.expected.json`, 'utf8')

    it('ends as in the check run', async () => {
      const { code, out, err } = await firebreak(
        `${root}/test/cases`,
        ...['check', '--base', `${name}/base`, '--head', `${name}/head`, '--format', 'json'],
        ...(cast.author === undefined ? [] : ['--author', cast.author]),
        ...(cast.approvedBy ?? []).flatMap((login) => ['--approved-by', login]),
        ...['--members', 'members.json'],
      )

      const verdict = JSON.parse(out)
      expectContract('check', verdict)
      const expected = JSON.parse(golden)
      expect(verdict).toEqual(unread.includes(name) ? { ...expected, findings: [] } : expected)
      expect(err).toBe('')
      expect(code).toBe(verdict.decision.conclusion === 'success' ? 0 : 1)
    })
  },
)

describe('firebreak', () => {
  it('prints its help on standard output and ends well', async () => {
    const { code, out, err } = await firebreak(root, '--help')

    expect(out).toContain('explain')
    expect([code, err]).toEqual([0, ''])
  })

  it('prints its version', async () => {
    expect(await firebreak(root, '--version')).toEqual({ code: 0, out: '0.1.0\n', err: '' })
  })

  it.each([
    [['chek'], "unknown command 'chek'"],
    [['check', '--bas', 'main'], "unknown option '--bas'"],
    [['check', '--format', 'xml'], 'Allowed choices are text, json, markdown, sarif, html, github'],
    [['routes', '--format', 'sarif'], 'Allowed choices are text, json'],
    [['graph', '--format', 'png'], 'Allowed choices are mermaid, dot, svg, html, json'],
    [['layout', '--format', 'html'], 'Allowed choices are text, json'],
    [['layout', 'not/there'], 'not/there is not a directory'],
    [['routes', 'a', 'b'], 'too many arguments'],
    [['owners'], "missing required argument 'path'"],
    [['check', '--base'], 'argument missing'],
    [['routes', 'not/there'], 'not/there is not a directory'],
    [['explain'], 'No request is named'],
  ])('%j is an error with exit code 2 and nothing on standard output', async (args, message) => {
    const { code, out, err } = await firebreak(folder(), ...args)

    expect(err).toContain(message)
    expect([code, out]).toEqual([2, ''])
  })

  it('takes the controls out of what the user or a file has written', async () => {
    const { err } = await firebreak(folder(), 'routes', 'x\u001b[31m\u202ey')

    expect(err).toBe('error: x\\u{1b}[31m\\u{202e}y is not a directory: name one that holds manifests.\n')
  })

  it('runs from source as a process', () => {
    const out = execFileSync(process.execPath, ['src/cli.ts', 'rules'], { cwd: root, encoding: 'utf8' })

    expect(out).toContain('shadowed-route')
  })
})
