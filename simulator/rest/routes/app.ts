import { ApiError, notFound } from '../../access/api-error.ts'
import { installationFor, repositoryNamed } from '../../access/permissions.ts'
import { createInstallationToken, type TokenScope } from '../../access/tokens.ts'
import { registerApp } from '../../behaviour/app-manifests.ts'
import { redeliver } from '../../behaviour/deliveries.ts'
import { presentApp, presentInstallation, presentUser } from '../../present/accounts.ts'
import { presentRepository } from '../../present/repository.ts'
import type { Installation, Permissions } from '../../state/app.ts'
import type { Delivery } from '../../state/deliveries.ts'
import { type Json, numberAt, objectAt, textAt, textsAt } from '../../state/json.ts'
import { nameKey } from '../../state/names.ts'
import { fullName, type Repository } from '../../state/repository.ts'
import type { World } from '../../state/world.ts'
import {
  type Call,
  callingInstallation,
  numberParameter,
  ok,
  paginated,
  parameter,
  type Route,
  type TokenCall,
} from '../call.ts'

function ownInstallations(world: World): Installation[] {
  return world.installations.filter(({ app }) => app === world.app)
}

function calledInstallation(call: Call): Installation {
  const id = numberParameter(call, 'installation_id')
  const found = ownInstallations(call.world).find((installation) => installation.id === id)
  if (!found) throw notFound()
  return found
}

function covered(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter(
    (repository) => !repository.deleted && installationFor(world, repository) === installation,
  )
}

function scopeOf(call: Call, installation: Installation): TokenScope {
  const all = covered(call.world, installation)
  const names = textsAt(call.body, 'repositories')
  const ids = Array.isArray(call.body['repository_ids']) ? (call.body['repository_ids'] as number[]) : []
  const chosen = all.filter(
    ({ id, name }) => ids.includes(id) || names.some((n) => nameKey(n) === nameKey(name)),
  )
  if (chosen.length < names.length + ids.length)
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  const permissions = call.body['permissions'] === undefined ? undefined : objectAt(call.body, 'permissions')
  return {
    ...(permissions === undefined ? {} : { permissions: permissions as Permissions }),
    ...(chosen.length > 0 ? { repositories: new Set(chosen.map(({ id }) => id)) } : {}),
  }
}

function createToken(call: Call): Json {
  const installation = calledInstallation(call)
  const scope = scopeOf(call, installation)
  const { token, granted } = createInstallationToken(call.world, installation, scope)
  const repositories = covered(call.world, installation).filter(({ id }) => scope.repositories?.has(id))
  return {
    token,
    expires_at: new Date(granted.expiresAt).toISOString().replace('.000Z', 'Z'),
    permissions: granted.permissions,
    repository_selection: scope.repositories ? 'selected' : 'all',
    ...(scope.repositories
      ? { repositories: repositories.map((repository) => presentRepository(call.world, repository)) }
      : {}),
  }
}

function presentDelivery(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}

function listDeliveries(call: Call) {
  const status = textAt(call.query, 'status')
  const cursor = Number(textAt(call.query, 'cursor') ?? Number.MAX_SAFE_INTEGER)
  const size = Math.min(100, numberAt(call.query, 'per_page') ?? 30)
  const wanted = call.world.deliveries
    .filter(
      ({ id, status: ended }) =>
        id < cursor && (status === undefined || (status === 'success') === (ended === 'OK')),
    )
    .toReversed()
  const shown = wanted.slice(0, size)
  const url = new URL(call.url)
  url.searchParams.set('cursor', String(shown.at(-1)?.id ?? 0))
  const headers = wanted.length > size ? { link: `<${url.href}>; rel="next"` } : {}
  return { status: 200, body: shown.map(presentDelivery), headers }
}

function calledDelivery(call: Call): Delivery {
  const id = numberParameter(call, 'delivery_id')
  const found = call.world.deliveries.find((delivery) => delivery.id === id)
  if (!found) throw notFound()
  return found
}

/** All Apps of an organization, for its owners. */
function listOrganizationInstallations(call: TokenCall) {
  const { world, token } = call
  const login = nameKey(parameter(call, 'org'))
  const organization = world.organizations.get(login)
  if (token.kind !== 'user' || organization?.members.get(nameKey(token.account.login)) !== 'owner')
    throw notFound()
  const found = world.installations.filter(({ account }) => nameKey(account.login) === login)
  return paginated(call, found, {
    each: (item) => presentInstallation(world, item),
    wrap: (page, total) => ({ total_count: total, installations: page }),
  })
}

/** What an App does as itself, with its JWT, and what it asks about its installation. */
export const appRoutes: readonly Route[] = [
  { kind: 'app', operation: 'GET /app', run: async (call, app) => ok(presentApp(call.world, app)) },
  {
    kind: 'anybody',
    operation: 'POST /app-manifests/{code}/conversions',
    run: (call) => {
      const { app, owner, pem, webhookSecret, clientSecret } = registerApp(
        call.world,
        parameter(call, 'code'),
      )
      const body = {
        ...presentApp(call.world, app),
        owner: presentUser(call.world, owner),
        client_id: `Iv1.${app.id}`,
        client_secret: clientSecret,
        webhook_secret: webhookSecret,
        pem,
      }
      return { status: 201, body }
    },
  },
  {
    kind: 'app',
    operation: 'GET /app/installations',
    run: async (call) =>
      paginated(call, ownInstallations(call.world), {
        each: (item) => presentInstallation(call.world, item),
      }),
  },
  {
    kind: 'app',
    operation: 'GET /app/installations/{installation_id}',
    run: (call) => ok(presentInstallation(call.world, calledInstallation(call))),
  },
  {
    kind: 'app',
    operation: 'POST /app/installations/{installation_id}/access_tokens',
    run: (call) => ({ status: 201, body: createToken(call) }),
  },
  { kind: 'app', operation: 'GET /app/hook/deliveries', run: (call) => listDeliveries(call) },
  {
    kind: 'app',
    operation: 'GET /app/hook/deliveries/{delivery_id}',
    run: (call) => {
      const delivery = calledDelivery(call)
      return ok({
        ...presentDelivery(delivery),
        request: { headers: { 'X-GitHub-Event': delivery.event }, payload: delivery.payload },
        response: { headers: {}, payload: delivery.response },
      })
    },
  },
  {
    kind: 'app',
    operation: 'POST /app/hook/deliveries/{delivery_id}/attempts',
    run: (call) => {
      redeliver(call.world, calledDelivery(call))
      return { status: 202, body: {} }
    },
  },
  {
    kind: 'app',
    operation: 'GET /orgs/{org}/installation',
    run: (call) => {
      const login = nameKey(parameter(call, 'org'))
      const found = ownInstallations(call.world).find(({ account }) => nameKey(account.login) === login)
      if (!found) throw notFound()
      return ok(presentInstallation(call.world, found))
    },
  },
  {
    kind: 'token',
    operation: 'GET /orgs/{org}/installations',
    run: (call) => listOrganizationInstallations(call),
  },
  {
    kind: 'app',
    operation: 'GET /repos/{owner}/{repo}/installation',
    run: (call) => {
      const repository = repositoryNamed(call.world, `${parameter(call, 'owner')}/${parameter(call, 'repo')}`)
      const found = installationFor(call.world, repository)
      if (!found) throw notFound()
      return ok(presentInstallation(call.world, found))
    },
  },
  {
    kind: 'token',
    operation: 'GET /installation/repositories',
    run: (call) => {
      const installation = callingInstallation(call)
      if (!installation)
        throw new ApiError(
          403,
          'You must authenticate with an installation access token in order to list repositories for an installation.',
        )
      const repositories = covered(call.world, installation).toSorted((a, b) =>
        fullName(a) < fullName(b) ? -1 : 1,
      )
      return paginated(call, repositories, {
        each: (repository) => presentRepository(call.world, repository),
        wrap: (page, total) => ({ total_count: total, repositories: page }),
      })
    },
  },
]
