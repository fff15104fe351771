import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { statusOf } from '../app/status-of.ts'
import { budgets } from '../domain/budgets.ts'
import { visible } from '../domain/words/visible.ts'
import { nobodysClient, type PersonClient } from '../github/person-client.ts'
import { shellQuoted } from '../report/sentences/requests/curl.ts'
import { apiRootOf } from '../settings.ts'
import { type CredentialsFile, holdCredentialsFile } from '../setup/credentials-file.ts'
import { type LastPage, startLoopback } from '../setup/loopback.ts'
import { examples } from './help.ts'
import type { End, Terminal } from './terminal.ts'
import { causeOf, isThereAlready, UserError } from './user-error.ts'

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
    .addOption(
      new Option('--webhook <url>', 'where GitHub can reach your server').default('', 'the page asks for it'),
    )
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
    .action(async (options: SetupOptions) => {
      await setup(options, terminal)
      end(0)
    })
}

function wholeUpTo(limit: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,5}$/.test(text) && Number(text) <= limit) return Number(text)
    throw new UserError(`${text} is no whole number from 0 to ${limit}.`)
  }
}

const nothing: Outcome = { failed: 'Nothing was registered' }

async function setup(options: SetupOptions, terminal: Terminal): Promise<void> {
  const web = webOf(options.host)
  const { stopped, forget } = stoppedBySomebody()
  let outcome: Outcome = nothing
  try {
    const file = heldFile(options, terminal)
    try {
      outcome = await register({ web, file, stopped }, options, terminal)
    } finally {
      if ('failed' in outcome) file.giveUp()
    }
  } finally {
    forget()
  }
  if ('failed' in outcome) throw new UserError(`${visible(outcome.failed)}.`)
  terminal.write(`${outcome.next.map(visible).join('\n')}\n`)
}

interface Registering {
  readonly web: string
  readonly file: CredentialsFile
  readonly stopped: Promise<void>
}

/** A code that was taken in time is exchanged, however long that takes. */
async function register(
  { web, file, stopped }: Registering,
  options: SetupOptions,
  terminal: Terminal,
): Promise<Outcome> {
  let exchange = Promise.resolve(nothing)
  const loopback = await startLoopback({
    ...options,
    ...(options.org !== undefined && { organization: options.org }),
    web,
    onCode: async (code) => {
      exchange = exchanged(code, apiRootOf(web), file)
      return pageOf(await exchange)
    },
  })
  terminal.write(
    `Open this in a browser on this machine, within ${options.minutes} minutes:\n\n  ${loopback.url}\n\n`,
  )
  try {
    await within(options.minutes, loopback.done, stopped)
    return await exchange
  } finally {
    loopback.close()
  }
}

function webOf(host: string): string {
  const url = URL.parse(host.includes('://') ? host : `https://${host}`)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/')
    throw new UserError(`--host ${host} is no address of GitHub: write https://HOST.`)
  if (url.protocol === 'http:' && !thisMachine.includes(url.hostname))
    throw new UserError(`--host ${host} would send the key to anybody on the way: write https://${url.host}.`)
  return url.origin
}

const thisMachine = ['127.0.0.1', '[::1]', 'localhost']

function heldFile({ env, overwrite = false }: SetupOptions, terminal: Terminal): CredentialsFile {
  const path = resolve(terminal.directory, env)
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there !== undefined && !overwrite)
    throw new UserError(`${env} is there already: name another with --env, or replace it with --overwrite.`)
  if (there?.isDirectory() === true) throw new UserError(`${env} cannot be written: it is a directory.`)
  try {
    return holdCredentialsFile(path, { overwrite })
  } catch (error) {
    throw new UserError(
      isThereAlready(error)
        ? `${env}.new is there already: remove it if nobody else is setting up.`
        : `${env} cannot be written: ${causeOf(error)}.`,
    )
  }
}

type Outcome = { readonly next: readonly string[] } | { readonly failed: string }

type Registered = Awaited<ReturnType<PersonClient['rest']['apps']['createFromManifest']>>['data']

/** A code is good for once, within an hour. */
async function exchanged(code: string, apiUrl: string, file: CredentialsFile): Promise<Outcome> {
  try {
    const { data } = await nobodysClient(apiUrl).rest.apps.createFromManifest({ code })
    return kept(data, apiUrl, file)
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined) throw error
    return { failed: `GitHub does not take the code: ${status}` }
  }
}

/** What cannot be kept here is made anew on the page of the App. */
function kept(
  { id, pem, webhook_secret, html_url }: Registered,
  apiUrl: string,
  file: CredentialsFile,
): Outcome {
  if (webhook_secret === null || !/^[\w.~+/=-]+$/.test(webhook_secret))
    return {
      failed: `GitHub has made no webhook secret for App ${id} that a file can hold: set one at ${html_url}`,
    }
  try {
    const path = file.write({ appId: id, privateKey: pem, webhookSecret: webhook_secret, apiUrl })
    return { next: nextSteps({ id, path, page: html_url }) }
  } catch (error) {
    const why = causeOf(error)
    return {
      failed: `App ${id} is registered, but ${file.path} cannot be written: ${why}; make another key and secret at ${html_url}`,
    }
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
    `1. Start the server: set -a; . ${shellWord(path)}; firebreak server (or a container with --env-file).`,
    `2. Install the App where the manifests are: ${page}/installations/new`,
    '3. Begin with "mode: observe" in .github/firebreak.yml: the check succeeds whatever it finds.',
    `4. Require the check firebreak on the default branch, from this App alone (integration_id ${id}).`,
    '5. firebreak doctor OWNER/REPO says what is missing; then "mode: enforce".',
  ]
}

function shellWord(path: string): string {
  return /^[\w./~+@:-]+$/.test(path) ? path : shellQuoted(path)
}

async function within(minutes: number, done: Promise<void>, stopped: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, minutes * 60_000)
  await Promise.race([done, late.promise, stopped]).finally(() => clearTimeout(timer))
}

const stopping = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** When somebody stops it, as by Ctrl-C; a second time it ends at once. */
function stoppedBySomebody(): { readonly stopped: Promise<void>; forget(): void } {
  const stopped = Promise.withResolvers<void>()
  const stop = () => stopped.resolve()
  for (const signal of stopping) process.once(signal, stop)
  return {
    stopped: stopped.promise,
    forget: () => {
      for (const signal of stopping) process.removeListener(signal, stop)
    },
  }
}
