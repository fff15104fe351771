import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { statusOf } from '../app/status-of.ts'
import { budgets } from '../domain/budgets.ts'
import { nobodysClient } from '../github/person-client.ts'
import { apiRootOf } from '../settings.ts'
import { type CredentialsFile, holdCredentialsFile } from '../setup/credentials-file.ts'
import { type LastPage, startLoopback } from '../setup/loopback.ts'
import { examples } from './help.ts'
import type { End, Terminal } from './terminal.ts'
import { causeOf, UserError } from './user-error.ts'

interface SetupOptions {
  readonly host: string
  readonly org?: string
  readonly name: string
  readonly webhook: string
  readonly env: string
  readonly overwrite?: boolean
  readonly port: number
  readonly minutes: number
}

const most = budgets.setupMinutes.size

/** `firebreak setup`: registers a GitHub App by GitHub's manifest flow, in a browser on this machine. */
export function addSetup(program: Command, terminal: Terminal, end: End): void {
  program
    .command('setup')
    .description('register a GitHub App of your own in the browser, and write its credentials to a file')
    .option('--host <url>', 'GitHub, or an Enterprise Server', 'https://github.com')
    .option('--org <login>', 'the organization that it belongs to; without, your own account')
    .option('--name <name>', 'how the App is called', 'Firebreak')
    .option('--webhook <url>', 'where GitHub can reach your server', '')
    .option('--env <file>', 'the file to write', '.env')
    .option('--overwrite', 'replace the file where there is one')
    .option('--port <number>', 'of the pages on this machine; 0: any', wholeUpTo(65_535), 0)
    .option('--minutes <number>', 'how long to wait for you', wholeUpTo(most), most)
    .addHelpText(
      'after',
      examples({
        'firebreak setup --org acme --webhook https://firebreak.acme.example':
          'an App of the organization acme',
        'firebreak setup --host https://github.acme.example': 'on an Enterprise Server',
      }),
    )
    .action(async (options: SetupOptions) => end(await setup(options, terminal)))
}

function wholeUpTo(limit: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,5}$/.test(text) && Number(text) <= limit) return Number(text)
    throw new UserError(`${text} is no whole number from 0 to ${limit}.`)
  }
}

async function setup(options: SetupOptions, terminal: Terminal): Promise<0> {
  const web = webOf(options.host)
  const file = heldFile(options, terminal)
  const reached: { outcome: Outcome } = { outcome: { failed: 'Nothing was registered' } }
  try {
    const loopback = await startLoopback({
      ...options,
      ...(options.org !== undefined && { organization: options.org }),
      web,
      onCode: async (code) => {
        reached.outcome = await exchanged(code, apiRootOf(web), file)
        return pageOf(reached.outcome)
      },
    })
    terminal.write(
      `Open this in a browser on this machine, within ${options.minutes} minutes:\n\n  ${loopback.url}\n\n`,
    )
    await within(options.minutes, loopback.done).finally(loopback.close)
  } finally {
    if ('failed' in reached.outcome) file.giveUp()
  }
  if ('failed' in reached.outcome) throw new UserError(`${reached.outcome.failed}.`)
  terminal.write(`${reached.outcome.next.join('\n')}\n`)
  return 0
}

function webOf(host: string): string {
  const url = URL.parse(host.includes('://') ? host : `https://${host}`)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/')
    throw new UserError(`--host ${host} is no address of GitHub: write https://HOST.`)
  return url.origin
}

function heldFile({ env, overwrite = false }: SetupOptions, terminal: Terminal): CredentialsFile {
  const path = resolve(terminal.directory, env)
  if (existsSync(path) && !overwrite)
    throw new UserError(`${env} is there already: name another with --env, or replace it with --overwrite.`)
  try {
    return holdCredentialsFile(path, { overwrite })
  } catch (error) {
    const isHeld = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new UserError(
      isHeld
        ? `${env}.new is there already: remove it if nobody else is setting up.`
        : `${env} cannot be written: ${causeOf(error)}.`,
    )
  }
}

type Outcome = { readonly next: readonly string[] } | { readonly failed: string }

/** A code is good for once, within an hour. */
async function exchanged(code: string, apiUrl: string, file: CredentialsFile): Promise<Outcome> {
  try {
    const { data } = await nobodysClient(apiUrl).rest.apps.createFromManifest({ code })
    const { id, pem, webhook_secret, html_url } = data
    if (webhook_secret === null) return { failed: 'GitHub has made no webhook secret' }
    const path = file.write({ appId: id, privateKey: pem, webhookSecret: webhook_secret, apiUrl })
    return { next: nextSteps({ id, path, page: html_url }) }
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined) throw error
    return { failed: `GitHub does not take the code: ${status}` }
  }
}

function pageOf(outcome: Outcome): LastPage {
  if ('failed' in outcome) return { status: 502, title: 'It did not work', sentences: [`${outcome.failed}.`] }
  return { status: 200, title: 'The App is registered', sentences: outcome.next }
}

function nextSteps({
  id,
  path,
  page,
}: {
  readonly id: number
  readonly path: string
  readonly page: string
}): readonly string[] {
  return [
    `App ${id} is registered; ${path} holds its key and its secret, for you alone to read.`,
    `1. Start the server: set -a; . ${path}; firebreak server (or a container with --env-file).`,
    `2. Install the App where the manifests are: ${page}/installations/new`,
    '3. Begin with "mode: observe" in .github/firebreak.yml: the check succeeds whatever it finds.',
    `4. Require the check firebreak on the default branch, from this App alone (integration_id ${id}).`,
    '5. firebreak doctor OWNER/REPO says what is missing; then "mode: enforce".',
  ]
}

async function within(minutes: number, done: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, minutes * 60_000)
  await Promise.race([done, late.promise]).finally(() => clearTimeout(timer))
}
