import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startSimulator } from '@firebreak/simulator'
import { expect, it, onTestFinished } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { builtProgram } from '../support/built-program.ts'

/** Somebody who is not in any list of users, as clusters run containers. */
const somebody = 23_456

/** Everything is read-only but the two folders; the server runs as somebody. */
const confine = `set -eu
mount --make-rprivate /
mount --bind "$DATA" "$DATA"
mount --bind "$TMPDIR" "$TMPDIR"
mount -o remount,bind,ro /
if touch "$PROBE" 2>/dev/null; then echo 'the root can be written to' >&2; exit 9; fi
exec setpriv --reuid=${somebody} --regid=${somebody} --clear-groups "$@"`

/** Whether this machine lets us give a process a file system of its own, and the sources can be read by somebody. */
const canConfine =
  spawnSync('unshare', [
    ...['--mount', 'setpriv', `--reuid=${somebody}`, `--regid=${somebody}`, '--clear-groups'],
    ...[process.execPath, '-e', `require('node:fs').readFileSync('src/server.ts')`],
  ]).status === 0

const repo = 'bookinfo/mesh'

it.skipIf(!canConfine)(
  'the server judges on a read-only root, as a user whom nobody knows (skipped where nothing can be confined)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'firebreak-read-only-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    chmodSync(folder, 0o755)
    const [data, scratch] = ['data', 'tmp'].map((name) => join(folder, name)) as [string, string]
    for (const path of [data, scratch]) mkdirSync(path)
    execFileSync('chown', [String(somebody), data, scratch])
    const github = await startSimulator({ webhookSecret: 'secret' })
    onTestFinished(() => github.close())
    for (const login of ['olga', 'lina']) github.createUser(login)
    github.createOrganization('bookinfo', ['olga'])
    for (const slug of ['mesh-admins', 'login', 'catalog'])
      github.createTeam({ organization: 'bookinfo', slug, members: [slug === 'login' ? 'lina' : 'olga'] })
    await github.createRepository({
      repo,
      files: bookinfoFiles(),
      teams: { 'mesh-admins': 'write', login: 'write', catalog: 'write' },
    })
    const server = spawn(
      'unshare',
      ['--mount', 'sh', '-c', confine, 'sh', process.execPath, await builtProgram('server')],
      {
        env: {
          PATH: process.env['PATH'] ?? '',
          DATA: data,
          TMPDIR: scratch,
          PROBE: join(folder, 'probe'),
          JOURNAL: join(data, 'journal'),
          MIRROR_DIR: join(data, 'mirrors'),
          APP_ID: String(github.appId),
          PRIVATE_KEY: github.privateKey,
          WEBHOOK_SECRET: 'secret',
          GITHUB_API_URL: github.apiUrl,
          GITHUB_PACE: 'unlimited',
          HOST: '127.0.0.1',
          PORT: '0',
          CONCURRENCY: '1',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(() => void server.kill('SIGKILL'))
    const lines: string[] = []
    const url = await new Promise<string>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`the server has ended with ${code}`)))
      createInterface({ input: server.stdout }).on('line', (line) => {
        lines.push(line)
        const said = JSON.parse(line) as { readonly url?: string }
        if (said.url !== undefined) resolve(said.url)
      })
    })
    github.setWebhookUrl(`${url}/api/github/webhooks`)
    const file = 'teams/login/vs-1.yaml'
    const before = (await github.readFile(repo, 'main', file)) ?? ''
    const files = { [file]: before.replace('exact: /login', 'prefix: /log') }
    const head = await github.push({ repo, branch: 'x', by: 'lina', files, message: 'Change' })
    await github.openPullRequest({ repo, title: 'Change', author: 'lina', head: 'x' })
    // What was superseded is cancelled, and no verdict.
    const judged = () =>
      github
        .checkRuns(repo, head)
        .findLast(({ status, conclusion }) => status === 'completed' && conclusion !== 'cancelled')
    const patient = { interval: 100 }
    await expect.poll(judged, patient).toBeDefined()
    const first = judged()?.output.summary
    // GitHub makes no merge anew where the base moves; where both sides edit a file, Git does, in a mirror.
    const moved = `# moved\n${before}`
    await github.push({ repo, branch: 'main', by: 'olga', files: { [file]: moved }, message: 'Base' })
    await expect.poll(() => judged()?.output.summary ?? first, patient).not.toBe(first)
    const last = judged()
    server.kill('SIGTERM')
    await once(server, 'exit')

    expect(before).not.toBe(files[file])
    expect(last?.output.title).toBe('OK: /log* except /login and /logout goes to login (was 404)')
    expect(readdirSync(data)).toEqual(expect.arrayContaining(['journal', 'mirrors']))
    expect(lines.filter((line) => /EROFS|EACCES|"level":(?:50|60)/.test(line))).toEqual([])
  },
  120_000,
)
