import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Probot } from 'probot'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createAppCheck } from '../../src/github/app-check.ts'
import { createClientClass } from '../../src/github/client.ts'
import { github, testClient, withNock } from '../support/github.ts'

withNock()

const { default_permissions: permissions, default_events: events } = parse(
  readFileSync('app.yml', 'utf8'),
) as { readonly default_permissions: object; readonly default_events: readonly string[] }

/** A check, and a clock to go with it. */
function check(authenticate = async () => testClient()) {
  const clock = { now: 0 }
  return { clock, ...createAppCheck({ authenticate, now: () => clock.now }) }
}

test('an App that GitHub accepts is asked about once a minute', async () => {
  github().get('/app').reply(200, { id: 42 })
  const { missing, clock } = check()

  expect(await Promise.all([missing(), missing()])).toEqual([undefined, undefined])
  clock.now = 59_000
  expect(await missing()).toBeUndefined()
  github().get('/app').reply(401, {})
  clock.now = 60_000
  expect(await missing()).toBe('GitHub does not accept APP_ID with this private key: 401')
})

test('that GitHub accepts the App is known once it does', async () => {
  const { missing, accepted, clock } = check()
  const known: string[] = []
  void accepted.then(() => known.push('accepted'))
  github().get('/app').reply(502, {})
  await missing()
  expect(known).toEqual([])
  clock.now = 10_000
  github().get('/app').reply(200, { id: 42 })
  await missing()

  expect(known).toEqual(['accepted'])
})

test('while GitHub is away an App counts as what it was before', async () => {
  const { missing, clock } = check()
  github().get('/app').reply(502, {})
  expect(await missing()).toBe('GitHub has not been reached yet')
  clock.now = 10_000
  github().get('/app').reply(200, { id: 42 })
  expect(await missing()).toBeUndefined()
  clock.now = 100_000
  github().get('/app').replyWithError('connection refused')

  expect(await missing()).toBeUndefined()
})

const granted = { permissions: { ...permissions, members: undefined }, events: [...events, 'star'] }

test('what the App lacks and how far its clock is ahead is known, and what an installation lacks besides', async () => {
  github()
    .get('/app')
    .reply(200, granted, { date: new Date(0).toUTCString() })
  github()
    .get('/app/installations?per_page=100')
    .reply(200, [
      {
        id: 1,
        account: { login: 'lagging' },
        permissions: { ...granted.permissions, checks: 'read' },
        events,
      },
      { id: 2, account: { login: 'current' }, ...granted },
    ])
  const { standing, lacksOfInstallations, clock } = check()
  clock.now = 90_000

  expect(await standing()).toMatchObject({
    kind: 'accepted',
    lacks: [{ needed: 'members: read' }],
    secondsAhead: 90,
  })
  const lacks = [...(await lacksOfInstallations())]
  expect(lacks).toMatchObject([['lagging', [{ needed: 'checks: write' }]]])
})

test('a key that cannot sign is no outage', async () => {
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const probot = new Probot({
    appId: 42,
    privateKey: publicKey,
    secret: 's',
    logLevel: 'fatal',
    Octokit: createClientClass({ pace: 'unlimited' }),
  })

  expect(await check(() => probot.auth()).missing()).toBe('the private key signs nothing')
})
