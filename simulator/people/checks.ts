import { generateKeyPairSync } from 'node:crypto'
import { accountNamed, addAccount } from '../access/accounts.ts'
import { ApiError } from '../access/api-error.ts'
import { repositoryNamed } from '../access/permissions.ts'
import { type CheckRunInput, createCheckRun, emitCheckRun, emitCheckSuite } from '../behaviour/checks.ts'
import type { App } from '../state/app.ts'
import type { CheckRun } from '../state/checks.ts'
import { nameKey } from '../state/names.ts'
import type { World } from '../state/world.ts'

/** Which check run, and who presses the button. */
interface CheckRunBy {
  readonly repo: string
  readonly id: number
  readonly by: string
}

/** What people, and other Apps, do with checks. */
export interface CheckActions {
  /** "Re-run": sends `check_run` rerequested; the run itself does not change. */
  rerequestCheckRun(at: CheckRunBy): void
  /** "Re-run all checks": sends `check_suite` rerequested for the run's suite. */
  rerequestCheckSuite(at: CheckRunBy): Promise<void>
  /** Presses a button that the run offers: sends `check_run` requested_action. */
  requestAction(at: CheckRunBy, identifier: string): void
  /** A check run that another App makes, perhaps under our name. */
  foreignCheckRun(repo: string, sha: string, given: CheckRunInput & { readonly app: string }): Promise<number>
}

function runAt(world: World, at: CheckRunBy): CheckRun {
  const run = repositoryNamed(world, at.repo).checkRuns.find(({ id }) => id === at.id)
  if (!run) throw new ApiError(404, `no check run ${at.id} in ${at.repo}`)
  return run
}

function foreignApp(world: World, slug: string): App {
  const known = [...world.repositories.values()]
    .flatMap(({ checkSuites }) => checkSuites)
    .find(({ app }) => app.slug === slug)
  if (known) return known.app
  const login = `${slug}[bot]`
  return {
    id: world.nextId(),
    slug,
    name: slug,
    bot: world.accounts.get(nameKey(login)) ?? addAccount(world, login, 'Bot'),
    publicKey: generateKeyPairSync('ed25519').publicKey,
    permissions: { checks: 'write', metadata: 'read' },
    events: [],
    createdAt: world.now(),
  }
}

/** What people, and other Apps, do with checks. */
export function checkActions(world: World): CheckActions {
  return {
    rerequestCheckRun: (at) =>
      emitCheckRun(world, runAt(world, at), { action: 'rerequested', sender: accountNamed(world, at.by) }),
    rerequestCheckSuite(at) {
      const { repository, suite } = runAt(world, at)
      return emitCheckSuite(world, repository, {
        suite,
        action: 'rerequested',
        sender: accountNamed(world, at.by),
      })
    },
    requestAction(at, identifier) {
      const run = runAt(world, at)
      const offered =
        run.status === 'completed' && run.actions.some((action) => action.identifier === identifier)
      if (!offered) throw new ApiError(422, `the check run offers no action ${identifier}`)
      emitCheckRun(world, run, { action: 'requested_action', sender: accountNamed(world, at.by), identifier })
    },
    async foreignCheckRun(repo, headSha, { app: slug, ...input }) {
      const app = foreignApp(world, slug)
      return (await createCheckRun(world, repositoryNamed(world, repo), { app, headSha, input })).id
    },
  }
}
