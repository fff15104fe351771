import { type Asked, isMixed, type MeshPair, selects, shapeOf } from './mesh.ts'
import { type Chance, chanceFrom } from './random.ts'
import { clusterPorts, madeByIstio } from './random-cluster.ts'
import { securePort } from './random-extended.ts'
import { vocabulary } from './random-match.ts'

const names = [
  'a.example',
  'b.example',
  'x.a.example',
  'c.example',
  'y.x.a.example',
  'A.Example',
  'other.test',
] as const
const meshNames = [
  ...([
    'web.n1.svc.cluster.local',
    'web',
    'db.n2',
    'web.n2.svc',
    'db.n2.svc.cluster.local',
    'ext.example',
  ] as const),
  ...(['db', 'a.example', 'zzz.n2.svc.cluster.local', 'web.n2.svc.cluster.local', 'other.test'] as const),
] as const

/** Requests over the words of the meshes, so that they are taken often, and often just not. */
export function randomRequests(pair: MeshPair, seed: number, count: number): readonly Asked[] {
  const chance = chanceFrom(seed)
  const random = Array.from({ length: count }, () => randomRequest(pair, chance))
  const all = [...random, ...onOtherConnections(random, chance)]
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()]
}

function randomRequest(pair: MeshPair, chance: Chance): Asked {
  const { pods } = pair
  const doors = doorsOf(pair)
  const isMesh = doors.length === 0 || isFromSidecar(pair, chance)
  const [door = { pod: 0, port: 80, isTls: false }] = chance.some(doors, 1)
  const pod = isMesh ? 2 + chance.below(pods.length - 2) : door.pod
  const isTls = !isMesh && door.isTls
  const name = isMesh ? chance.of(meshNames) : chance.of(names)
  const authority = chance.oneIn(12) && !isTls ? `${name}:80` : name
  const sni = chance.oneIn(8) ? chance.of(names) : name
  return {
    pod,
    port: isMesh ? chance.of([80, 80, 80, 8080]) : door.port,
    ...(isTls && { sni: sni.toLowerCase() }),
    method: chance.of(vocabulary.methods),
    authority,
    path: randomPath(chance),
    headers: randomHeaders(chance),
  }
}

/** Whether a request is one between services: of some meshes more than of others. */
function isFromSidecar(pair: MeshPair, chance: Chance): boolean {
  if (pair.kind === 'sidecar') return !chance.oneIn(8)
  const hasMeshRoutes =
    isMixed(pair) && /"kind":"Service(?:Entry)?","name"/.test(JSON.stringify([pair.base, pair.merged]))
  return chance.oneIn(hasMeshRoutes ? 3 : 20)
}

/** Some of them once more, on connections that were opened for any name. */
function onOtherConnections(requests: readonly Asked[], chance: Chance): readonly Asked[] {
  const some = requests.filter(({ sni }) => sni !== undefined && chance.oneIn(3))
  return some.map((asked) => ({ ...asked, sni: chance.of(names).toLowerCase() }))
}

interface Door {
  readonly pod: number
  readonly port: number
  readonly isTls: boolean
}

/** Where some pod of a gateway listens, on either side. */
function doorsOf(pair: MeshPair): readonly Door[] {
  const { base, merged, pods } = pair
  if (isMixed(pair)) return sharedDoors(pair)
  return [...base, ...merged]
    .filter(({ kind }) => kind === 'Gateway')
    .flatMap((gateway) =>
      pods.flatMap((each, pod) => {
        if (each.type !== 'router' || !selects(gateway, each.labels)) return []
        const servers = shapeOf(gateway).servers ?? []
        return servers.map(({ port }) => ({ pod, port: port.number, isTls: port.protocol === 'HTTPS' }))
      }),
    )
}

/** The gateways of mixed meshes listen where Gateways of any kind say: of those with pods of their own there may be none. */
function sharedDoors({ kind, base, merged, pods }: MeshPair): readonly Door[] {
  const objects = [...base, ...merged]
  const isThere = (gateway: string | undefined) =>
    gateway === undefined ||
    objects.some(({ kind, metadata }) => kind === 'Gateway' && metadata.name === gateway)
  const routers = pods.flatMap(({ type, labels }, pod) =>
    type === 'router' && isThere(labels[madeByIstio]) ? [pod] : [],
  )
  const ports = kind === 'gateway-api' ? clusterPorts : [...clusterPorts, securePort]
  return routers.flatMap((pod) => ports.map((port) => ({ pod, port, isTls: port === securePort })))
}

function randomPath(chance: Chance): string {
  const path = chance.oneIn(8) ? chance.of(vocabulary.oddPaths) : oneOf(chance, vocabulary.paths)
  return path + (chance.oneIn(3) ? chance.of(vocabulary.queries) : '')
}

function randomHeaders(chance: Chance): Asked['headers'] {
  const given = ['x', 'y', 'x-long'].filter(() => chance.oneIn(3))
  return Object.fromEntries(given.map((name) => [name, chance.of(vocabulary.headers)]))
}

function oneOf(chance: Chance, [first = '', ...others]: readonly string[]): string {
  return chance.of([first, ...others])
}
