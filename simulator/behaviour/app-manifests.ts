import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { addAccount } from '../access/accounts.ts'
import { ApiError, notFound } from '../access/api-error.ts'
import type { Account } from '../state/accounts.ts'
import type { App, Permissions } from '../state/app.ts'
import { type Json, objectAt, textAt, textsAt } from '../state/json.ts'
import { nameKey } from '../state/names.ts'
import type { World } from '../state/world.ts'

/** A code is good for an hour (GitHub docs, "Registering a GitHub App from a manifest"). */
const hour = 3_600_000

function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

function botOf(name: string): string {
  return `${slugOf(name)}[bot]`
}

/** What GitHub finds wrong with a manifest before it asks for consent; undefined where nothing is. */
export function manifestFault(manifest: Json): string | undefined {
  for (const field of ['url', 'redirect_url'])
    if (URL.parse(textAt(manifest, field) ?? '') === null) return `${field} must be a URL`
  const hook = textAt(objectAt(manifest, 'hook_attributes'), 'url')
  if (hook !== undefined && URL.parse(hook) === null) return 'hook_attributes.url must be a URL'
  return undefined
}

/** Takes the consent of an owner; returns where the browser goes, with the code and the state it came with. */
export function consentTo(
  world: World,
  asked: { readonly name: string; readonly owner: Account; readonly manifest: Json; readonly state: string },
): string {
  const { state, ...consented } = asked
  if (consented.name === '' || consented.name.length > 34) throw new ApiError(422, 'Name is not valid')
  if (world.accounts.has(nameKey(botOf(consented.name)))) throw new ApiError(422, 'Name is already taken')
  const code = randomBytes(20).toString('hex')
  world.manifestCodes.set(code, { ...consented, at: Date.parse(world.now()) })
  const url = new URL(textAt(asked.manifest, 'redirect_url') ?? '')
  url.searchParams.set('code', code)
  if (state !== '') url.searchParams.set('state', state)
  return url.href
}

/** An App with the secrets that are told once. */
export interface RegisteredApp {
  readonly app: App
  readonly owner: Account
  readonly pem: string
  readonly webhookSecret: string
  readonly clientSecret: string
}

/** Registers the App for a code, which is taken by that. From here on it is the one of this GitHub. */
export function registerApp(world: World, code: string): RegisteredApp {
  const consented = world.manifestCodes.get(code)
  if (consented === undefined || Date.parse(world.now()) - consented.at > hour) throw notFound()
  world.manifestCodes.delete(code)
  const { name, owner, manifest } = consented
  const { privateKey: pem } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const app: App = {
    id: world.nextId(),
    slug: slugOf(name),
    name,
    bot: addAccount(world, botOf(name), 'Bot'),
    publicKey: createPublicKey(pem),
    permissions: objectAt(manifest, 'default_permissions') as Permissions,
    events: textsAt(manifest, 'default_events'),
    createdAt: world.now(),
  }
  world.app = app
  world.webhookSecret = randomBytes(20).toString('hex')
  const hook = textAt(objectAt(manifest, 'hook_attributes'), 'url')
  if (hook !== undefined) world.webhookUrl = hook
  const clientSecret = randomBytes(20).toString('hex')
  return { app, owner, pem, webhookSecret: world.webhookSecret, clientSecret }
}
