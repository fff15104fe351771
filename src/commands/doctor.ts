import { type Command, Option } from 'commander'
import { evaluate } from '../app/evaluate.ts'
import { statusOf } from '../app/status-of.ts'
import { examine, stateOf } from '../domain/installation/examination.ts'
import type { MeshFacts } from '../domain/installation/facts.ts'
import { isJudgeFile } from '../domain/policy/touched.ts'
import { isPrimary, isSecondary } from '../domain/routing/delegation-graph.ts'
import { visibleJson } from '../domain/words/visible.ts'
import type { FileStore } from '../git/file-store.ts'
import { readInstallation } from '../github/installation/read-installation.ts'
import { appItself, personClient } from '../github/person-client.ts'
import { installationJson } from '../report/page/json/installation-json.ts'
import { terminalInstallation } from '../report/page/text/installation-text.ts'
import { type AskerSettings, readAskerSettings, SettingsError } from '../settings.ts'
import { helmOf } from './given/helm-of.ts'
import { layoutOfSide } from './given/layout-of-side.ts'
import { nobody } from './given/members.ts'
import { proposalOf } from './given/proposal.ts'
import { readSide } from './given/read-snapshot.ts'
import { examples } from './help.ts'
import type { End, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

const surroundings = `
Environment:
  GITHUB_TOKEN, GH_TOKEN  a token of a person; what it may not read is told as not known
  GITHUB_API_URL          https://HOST/api/v3 of an Enterprise Server
  APP_ID, PRIVATE_KEY     the App's number and key (or PRIVATE_KEY_PATH), to see what it is sent

Exit codes:
  0  all is well
  1  something is to be mended, or not known
  2  the repository, the token or an option is wrong
`

interface DoctorOptions {
  readonly format: 'text' | 'json'
}

/** `firebreak doctor`: whether everything around a repository lets Firebreak do its work. */
export function addDoctor(program: Command, terminal: Terminal, end: End): void {
  program
    .command('doctor')
    .description('ask GitHub whether the check is required, from whom, who may bypass it, and who can agree')
    .argument('<owner/repo>', 'a repository on GitHub')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      examples({
        'GITHUB_TOKEN=$(gh auth token) firebreak doctor acme/mesh': 'what is to be mended, and why',
      }) + surroundings,
    )
    .action(async (name: string, { format }: DoctorOptions) => {
      const { owner, repo } = parsedName(name)
      terminal.doing(`Asking GitHub about ${owner}/${repo}`)
      const settings = askerOf(terminal)
      const { facts, store } = await asking(name, () => examinedRepository(settings, owner, repo))
      const mesh = await asking(name, () => readMesh(store, terminal))
      const examined = examine({ ...facts, mesh })
      terminal.write(
        format === 'json'
          ? `${visibleJson(installationJson(examined, facts), 2)}\n`
          : terminalInstallation(examined, facts, terminal),
      )
      end(stateOf(examined) === 'ok' ? 0 : 1)
    })
}

function parsedName(name: string): { readonly owner: string; readonly repo: string } {
  const { owner, repo } = /^(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)$/.exec(name)?.groups ?? {}
  if (owner === undefined || repo === undefined)
    throw new UserError(`${name || 'An empty name'} is no repository: write OWNER/REPO.`)
  return { owner, repo }
}

function askerOf({ environment }: Terminal): AskerSettings {
  try {
    return readAskerSettings(environment)
  } catch (error) {
    if (error instanceof SettingsError) throw new UserError(error.problems.join('; '))
    throw error
  }
}

function examinedRepository({ apiUrl, token, app }: AskerSettings, owner: string, repo: string) {
  const { appId, privateKey } = app ?? {}
  const isKeyed = appId !== undefined && privateKey !== undefined
  const client = personClient(apiUrl, token)
  return readInstallation(
    { client, owner, repo, ...(isKeyed && { app: appItself(apiUrl, { appId, privateKey }) }) },
    appId,
  )
}

/** What GitHub refuses as a whole is a mistake of whoever asks, or of the network. */
async function asking<T>(name: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined) throw error
    throw new UserError(refusalOf(name, status, error))
  }
}

/** Octokit gives what never came to GitHub a status, too, and no response. */
function hasAnswered(error: unknown): boolean {
  return error instanceof Error && 'response' in error && error.response !== undefined
}

function refusalOf(name: string, status: number, error: unknown): string {
  if (status === 401) return 'GitHub does not accept the token, or not this key for APP_ID.'
  if (status === 404)
    return `${name} does not exist, has no commit, or is not shown to whom the token belongs.`
  const said = error instanceof Error ? error.message : ''
  return `GitHub cannot be asked: ${hasAnswered(error) ? `${status} ` : ''}${said}`.trim()
}

async function readMesh(store: FileStore, terminal: Terminal): Promise<MeshFacts> {
  const side = await readSide(store, terminal)
  const { virtualServices } = side.manifests
  const effects = await effectsOfFindings(store, terminal)
  const blocking = effects.filter((effect) => effect === 'block').length
  return {
    mode: side.policy.mode,
    units: layoutOfSide(side).units.length,
    virtualServices: virtualServices.length,
    primaries: virtualServices.filter(isPrimary).length,
    secondaries: virtualServices.filter(isSecondary).length,
    blocking,
    otherFindings: effects.length - blocking,
  }
}

/** CODEOWNERS and the configuration, by which all that is there is judged as if it were new. */
function judgesOf({ listing, blob }: FileStore): FileStore {
  return {
    blob,
    async listing() {
      const { tree, cut } = await listing()
      return { tree: new Map([...tree].filter(([path]) => isJudgeFile(path))), cut }
    },
  }
}

async function effectsOfFindings(store: FileStore, terminal: Terminal): Promise<readonly string[]> {
  const charts = helmOf(terminal)
  const { proposal, pull, source } = await proposalOf(
    { base: 'HEAD', head: 'HEAD', approvedBy: [], members: nobody, charts },
    { base: judgesOf(store), merged: { kind: 'files', store } },
  )
  const { assessment } = await evaluate({ ...proposal, today: terminal.today() }, source, pull.head)
  return assessment.findings.map(({ effect }) => effect)
}
