import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings, SettingsError } from '../src/settings.ts'

const { privateKey: pem } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const complete = { APP_ID: '42', PRIVATE_KEY: pem, WEBHOOK_SECRET: 'secret' }

function problems(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

test('three variables are enough', () => {
  expect(readSettings(complete)).toEqual({
    appId: 42,
    privateKey: pem.trim(),
    webhookSecret: 'secret',
    apiUrl: 'https://api.github.com',
    host: 'localhost',
    port: 3000,
    logLevel: 'info',
    concurrency: 4,
    stopSeconds: 8,
    judging: { seconds: 120, memory: 2048 },
    pace: 'github',
    catchUpMinutes: 10,
    journal: 'firebreak.journal',
    searchPath: '/usr/bin:/bin',
  })
})

test('every variable is told to whoever runs a server', () => {
  const source = readFileSync('src/settings.ts', 'utf8')
  const names = new Set(
    [...source.matchAll(/'(?<name>[A-Z]+(?:_[A-Z]+)*)'/g)].flatMap(({ groups }) => groups?.['name'] ?? []),
  )
  const page = readFileSync('docs/operations.md', 'utf8')

  expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  expect(names.size).toBeGreaterThan(15)
})

test('everything that is missing is said at once', () => {
  const said = problems({ PORT: 'http', LOG_LEVEL: 'loud', GITHUB_API_URL: 'api.github.com' })

  expect(said.map((problem) => problem.split(' ')[0])).toEqual([
    'APP_ID',
    'PRIVATE_KEY',
    'WEBHOOK_SECRET',
    'GITHUB_API_URL',
    'PORT',
    'LOG_LEVEL',
  ])
})

test('what was accepted may be kept elsewhere', () => {
  expect(readSettings({ ...complete, JOURNAL: '/var/lib/firebreak/journal' }).journal).toBe(
    '/var/lib/firebreak/journal',
  )
})

test('decisions are kept where they are wanted', () => {
  expect(readSettings(complete).decisions).toBeUndefined()
  expect(readSettings({ ...complete, DECISIONS: 'stdout' }).decisions).toBe('stdout')
})

test('without a webhook secret nothing starts, for there is no safe default', () => {
  expect(problems({ ...complete, WEBHOOK_SECRET: ' ' })).toEqual([
    'WEBHOOK_SECRET is not set: the secret that signs webhooks',
  ])
})

test('the address of Redis must be one, and is never repeated', () => {
  expect(readSettings({ ...complete, REDIS_URL: 'redis://:hunter2@queue:6379' }).redisUrl).toBe(
    'redis://:hunter2@queue:6379',
  )
  expect(problems({ ...complete, REDIS_URL: 'http://hunter2' })).toEqual([
    'REDIS_URL must be a redis or rediss URL',
  ])
})

describe('the private key', () => {
  test.each([
    ['PEM', pem],
    ['PEM on one line', pem.replaceAll('\n', '\\n')],
    ['base64 of PEM', Buffer.from(pem).toString('base64')],
  ])('may be %s', (_, PRIVATE_KEY) => {
    expect(readSettings({ ...complete, PRIVATE_KEY }).privateKey.trim()).toBe(pem.trim())
  })

  test('may be in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'firebreak-key-'))
    const PRIVATE_KEY_PATH = join(folder, 'key.pem')
    writeFileSync(PRIVATE_KEY_PATH, pem)

    expect(readSettings({ ...complete, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH }).privateKey).toBe(pem)
    rmSync(folder, { recursive: true })
  })

  test.each([
    ['is cut off', `${pem.slice(0, 300)}\n-----END RSA PRIVATE KEY-----`],
    [
      'is of another kind',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
  ])('that %s is one problem', (_, PRIVATE_KEY) => {
    expect(problems({ ...complete, PRIVATE_KEY: String(PRIVATE_KEY) })).toEqual([
      'the private key is no RSA key, or not a whole one',
    ])
  })

  test('that is none is never repeated in the error', () => {
    expect(problems({ ...complete, PRIVATE_KEY: 'hunter2' }).join()).not.toContain('hunter2')
    expect(problems({ ...complete, PRIVATE_KEY: 'hunter2' })).toHaveLength(1)
  })

  test('in a file that cannot be read is one problem', () => {
    expect(problems({ ...complete, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/no/such/file' })).toHaveLength(
      1,
    )
  })
})

test.each([
  ['APP_ID', 'abc'],
  ['APP_ID', '-1'],
  ['PORT', '70000'],
  ['PORT', '80.5'],
  ['CONCURRENCY', '0'],
  ['GITHUB_PACE', 'fast'],
  ['GITHUB_API_URL', 'ftp://host'],
])('%s=%s is refused', (name, value) => {
  expect(problems({ ...complete, [name]: value })).toHaveLength(1)
})

test.each([
  ['https://github.example', 'https://github.example/api/v3'],
  ['https://github.example/', 'https://github.example/api/v3'],
  ['http://github.example:8443/api', 'http://github.example:8443/api/v3'],
  ['https://github.example/api/graphql', 'https://github.example/api/v3'],
  ['https://github.com', 'https://api.github.com'],
  ['https://api.github.com/api/v3', 'https://api.github.com'],
  ['https://octo.ghe.com', 'https://api.octo.ghe.com'],
])('GITHUB_API_URL=%s says what to write', (GITHUB_API_URL, wanted) => {
  expect(problems({ ...complete, GITHUB_API_URL })).toEqual([
    `GITHUB_API_URL is no root of the REST API: write ${wanted}`,
  ])
  expect(readSettings({ ...complete, GITHUB_API_URL: wanted }).apiUrl).toBe(wanted)
})

test('GHE_HOST is not passed over in silence', () => {
  expect(problems({ ...complete, GHE_HOST: 'github.example' })).toEqual([
    'GHE_HOST is not read: set GITHUB_API_URL to https://github.example/api/v3',
  ])
})

test('while the webhook secret is replaced there are two', () => {
  expect(readSettings({ ...complete, WEBHOOK_SECRET_PREVIOUS: 'before' })).toMatchObject({
    webhookSecret: 'secret',
    previousWebhookSecret: 'before',
  })
})

test('what one judgement may take is set, within reason', () => {
  const { judging } = readSettings({ ...complete, JUDGING_SECONDS: '30', JUDGING_MEMORY: '512' })

  expect(judging).toEqual({ seconds: 30, memory: 512 })
  expect(problems({ ...complete, JUDGING_SECONDS: '0', JUDGING_MEMORY: '1' })).toHaveLength(2)
})

test('Git goes by the proxies by which Node is told to go', () => {
  const proxies = { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '.example' }
  const of = (over: Record<string, string>) =>
    readSettings({ ...complete, MIRROR_DIR: '/m', ...proxies, ...over }).mirrors?.proxies

  expect(of({ NODE_USE_ENV_PROXY: '1' })).toEqual({
    https_proxy: 'http://proxy.example:3128',
    no_proxy: '.example',
  })
  expect(of({})).toBeUndefined()
})

test('an Enterprise Server, a mirror and the rest are taken as told', () => {
  const settings = readSettings({
    ...complete,
    GITHUB_API_URL: 'https://github.example/api/v3/',
    MIRROR_DIR: '/var/mirrors',
    CACHE_DIR: '/var/cache',
    PATH: '/bin',
    PORT: '0',
    LOG_LEVEL: 'Debug',
    HOST: '0.0.0.0',
  })

  expect(settings).toMatchObject({
    apiUrl: 'https://github.example/api/v3',
    mirrors: { directory: '/var/mirrors', path: '/bin' },
    cacheDirectory: '/var/cache',
    port: 0,
    logLevel: 'debug',
    host: '0.0.0.0',
  })
})
