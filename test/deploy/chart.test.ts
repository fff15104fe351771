import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readSettings } from '../../src/settings.ts'
import { type BuiltHelm, builtHelms, hasHelm } from '../support/helm.ts'

const chart = 'deploy/chart'
const values = (name: string) => ['--values', `${chart}/ci/${name}-values.yaml`]

function helm({ path }: BuiltHelm, ...args: readonly string[]): string {
  return execFileSync(join(path, 'helm'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function rendered(built: BuiltHelm, ...args: readonly string[]): string {
  return helm(built, 'template', 'firebreak', chart, '-n', 'tools', '--kube-version', '1.31.0', ...args)
}

/** The versions of helm differ in order and empty lines. */
function inOrder(text: string): string {
  const documents = text
    .split(/^---\n/m)
    .map((document) => document.trim())
    .filter((document) => document !== '')
  return `${documents.toSorted().join('\n---\n')}\n`
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: Record<string, unknown>
}

function objectsIn(text: string): readonly Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    expect(document.errors).toEqual([])
    const value = document.toJS() as Manifest | null
    return value === null ? [] : [value]
  })
}

function refusalOf(built: BuiltHelm, ...args: readonly string[]): string {
  try {
    rendered(built, ...args)
  } catch (error) {
    return String((error as { readonly stderr?: unknown }).stderr)
  }
  return ''
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[]
  readonly volumeMounts: readonly { readonly mountPath: string }[]
  readonly securityContext: object
}

function deploymentIn(objects: readonly Manifest[]) {
  const found = objects.find(({ kind }) => kind === 'Deployment')
  const spec = found?.spec as {
    readonly strategy: { readonly type: string }
    readonly template: {
      readonly spec: {
        readonly containers: readonly [Container]
        readonly securityContext: object
        readonly terminationGracePeriodSeconds: number
        readonly automountServiceAccountToken: boolean
        readonly volumes: readonly Record<string, unknown>[]
      }
    }
  }
  const pod = spec.template.spec
  return { spec, pod, container: pod.containers[0] }
}

describe.skipIf(!hasHelm)('the chart (skipped where no helm was built)', () => {
  describe.each(builtHelms)('with helm $version', (built) => {
    it.each(['minimal', 'full'])('passes lint with %s values', (name) => {
      const said = helm(built, 'lint', chart, '--strict', '--kube-version', '1.31.0', ...values(name))

      expect(said).toContain('0 chart(s) failed')
    })

    it.each(['minimal', 'full'])('gives with %s values the objects that are written down', async (name) => {
      await expect(inOrder(rendered(built, ...values(name)))).toMatchFileSnapshot(
        `./golden/${name}.expected.yaml`,
      )
    })

    it.each([
      [[], 'id'],
      [['--set', 'app.id=42'], 'existingSecret'],
      [[...values('minimal'), '--set', 'replica=3'], 'replica'],
      [[...values('minimal'), '--set', 'replicas=2'], 'more than one server needs redis'],
      [[...values('full'), '--set', 'redis.url=redis://a'], 'not both'],
      [[...values('minimal'), '--set', 'redis.url=http://a'], 'redis'],
      [[...values('minimal'), '--set', 'image.digest=sha256:1'], 'digest'],
      [
        [...values('minimal'), '--set', 'redis.url=redis://:hunter2@redis'],
        'a password belongs into redis.existingSecret',
      ],
      [[...values('minimal'), '--set', 'app.apiUrl=https://u:p@github.example'], 'apiUrl'],
      [[...values('minimal'), '--set', 'existingSecret.privateKeyKey=null'], 'privateKeyKey'],
      [[...values('minimal'), '--set', 'networkPolicy.githubCidrs=null'], 'githubCidrs'],
      [[...values('minimal'), '--set', String.raw`podLabels.app\.kubernetes\.io/name=x`], 'podLabels'],
      [[...values('minimal'), '--set', 'stopSeconds=1000'], 'stopSeconds'],
      [[...values('minimal'), '--set', 'logLevel=loud'], 'logLevel'],
    ])('refuses %j', (args, word) => {
      expect(refusalOf(built, ...args)).toContain(word)
    })
  })

  describe.each(builtHelms)('with helm $version', (built) => {
    it('takes nothing from extraEnv that it sets by itself, nor secrets', () => {
      const { container } = deploymentIn(objectsIn(rendered(built, ...values('full'))))
      const own = container.env.map(({ name }) => name).filter((name) => !/^(DECISIONS|NODE_)/.test(name))
      const refusals = [...own, 'PRIVATE_KEY'].map((name) =>
        refusalOf(built, ...values('minimal'), '--set', `extraEnv[0].name=${name},extraEnv[0].value=x`),
      )

      expect(refusals.filter((each) => !each.includes('extraEnv: '))).toEqual([])
    })

    it('takes names for texts, whatever YAML would make of them', () => {
      const names = ['existingSecret.name', 'existingSecret.privateKeyKey', 'priorityClassName']
      const more = ['persistence.storageClassName', 'serviceAccount.name']
      const set = [...names, ...more].flatMap((name) => ['--set-string', `${name}=1e3`])
      const text = rendered(built, ...values('minimal'), '--namespace', '123', ...set)
      const line = rendered(
        built,
        ...values('minimal'),
        '--set-string',
        'priorityClassName=a\n      hostNetwork: true',
      )

      expect(text.match(/1e3.*/g)?.filter((each) => each !== '1e3"')).toEqual([])
      expect(text.match(/namespace: .*/g)?.filter((each) => each !== 'namespace: "123"')).toEqual([])
      expect(deploymentIn(objectsIn(line)).pod).not.toHaveProperty('hostNetwork')
    })

    it.each([
      ['redis://redis:6380/0', 6380],
      ['redis://[::1]', 6379],
      ['rediss://redis.example', 6379],
    ])('lets the server out to the port of %s', (url, port) => {
      const all = objectsIn(rendered(built, ...values('minimal'), '--set', `redis.url=${url}`))
      const policy = all.find(({ kind }) => kind === 'NetworkPolicy')

      expect(policy?.spec['egress']).toContainEqual({ ports: [{ port, protocol: 'TCP' }] })
    })
  })

  const [built] = builtHelms
  const objects = (...args: readonly string[]) =>
    objectsIn(built === undefined ? '' : rendered(built, ...args))

  it('makes of minimal values one server with a disk, without a budget for disruptions or a monitor', () => {
    const all = objects(...values('minimal'))
    const { spec, pod } = deploymentIn(all)

    expect(all.map(({ kind }) => kind).toSorted()).toEqual([
      'Deployment',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'Service',
      'ServiceAccount',
    ])
    expect(spec.strategy.type).toBe('Recreate')
    expect(pod.volumes[0]).toMatchObject({ persistentVolumeClaim: { claimName: 'firebreak' } })
  })

  it('makes with Redis several servers that are replaced one after the other', () => {
    const all = objects(...values('full'))
    const { spec, pod } = deploymentIn(all)

    expect(all.map(({ kind }) => kind).toSorted()).toEqual([
      'Deployment',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'PodMonitor',
      'Service',
      'ServiceAccount',
    ])
    expect(spec.strategy.type).toBe('RollingUpdate')
    expect(pod.volumes[0]).toHaveProperty('emptyDir')
  })

  it.each(['minimal', 'full'])('runs with %s values as Kubernetes restricts pods', (name) => {
    const { pod, container } = deploymentIn(objects(...values(name)))

    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toEqual([
      '/var/lib/firebreak',
      '/tmp',
      '/etc/firebreak',
      ...(name === 'full' ? ['/var/lib/firebreak-traffic'] : []),
    ])
  })

  it.each(['minimal', 'full'])('gives the server with %s values an environment that it takes', (name) => {
    const { pod, container } = deploymentIn(objects(...values(name)))
    const given = Object.fromEntries(container.env.map((each) => [each.name, each.value ?? 'redis://secret']))
    // The key itself is mounted.
    const { PRIVATE_KEY_PATH: path = '', ...environment } = given
    const { privateKey: key } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const settings = readSettings({ ...environment, PRIVATE_KEY: key })

    expect(path).toBe('/etc/firebreak/private-key.pem')
    expect(pod.terminationGracePeriodSeconds).toBe(settings.stopSeconds + 8)
    expect(settings.journal).toBe('/var/lib/firebreak/journal')
    expect(settings.mirrors?.directory).toBe('/var/lib/firebreak/mirrors')
    expect(settings.redisUrl).toBe(name === 'full' ? 'redis://secret' : undefined)
    expect(settings.trafficDirectory).toBe(name === 'full' ? '/var/lib/firebreak-traffic' : undefined)
  })

  it('gives all threads and the server memory within the limit, unless told otherwise', () => {
    const { concurrency, judgingMemory, resources } = parse(readFileSync(`${chart}/values.yaml`, 'utf8'))

    expect(concurrency * judgingMemory + 300).toBeLessThanOrEqual(
      Number.parseInt(resources.limits.memory, 10),
    )
  })
})

it('the version of the chart is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const { version: ofChart, appVersion } = parse(readFileSync(`${chart}/Chart.yaml`, 'utf8'))

  expect([ofChart, appVersion]).toEqual([version, version])
})

it('the composition keeps what was accepted, and restricts what runs', () => {
  const { services } = parse(readFileSync('deploy/compose.yaml', 'utf8'))

  expect(services.redis.command).toEqual([
    'redis-server',
    '--appendonly',
    'yes',
    '--maxmemory-policy',
    'noeviction',
  ])
  for (const each of [services.firebreak, services.redis])
    expect(each).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
  expect(services.firebreak.volumes).toEqual([
    `${services.firebreak.environment.TRAFFIC_DIR.replace(/^.*:\+(.*)}$/, '$${TRAFFIC_LOGS:-no-traffic}:$1')}:ro`,
  ])
})
