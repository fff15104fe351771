import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { lastOf } from './children.ts'
import { endOf } from './ends.ts'
import { askAll, type Reply } from './http.ts'
import type { IstioProxy, Json, ProxyPort, RouteConfiguration } from './istio.ts'
import type { Asked, End } from './mesh.ts'

const program = process.env['ENVOY'] ?? 'envoy'

/** One side of a mesh, as its proxies got it, and what they are asked. */
export interface Trial {
  readonly proxies: readonly IstioProxy[]
  readonly asked: readonly Asked[]
  /** The port of its pod at which a request arrives. */
  readonly portFor: (asked: Asked) => number
}

/** How the requests of a trial ended; or that Envoy refuses what Istio sends. */
export type TrialResult = readonly End[] | 'refused'

/** `1.40.0`, or nothing where there is no Envoy. */
export function envoyVersion(): string | undefined {
  try {
    return /version: \w+\/([0-9.]+)\//.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1]
  } catch {
    return undefined
  }
}

/** A key and a certificate in PEM. */
export interface Secret {
  readonly key: string
  readonly chain: string
}

/** Asks a real Envoy; those that it may refuse one by one, so that they do not stop the others. */
export async function askEnvoy(trials: readonly Trial[], secret: Secret): Promise<readonly TrialResult[]> {
  const results = new Map<Trial, TrialResult>()
  const others = trials.filter((trial) => !hasTwins(trial))
  for (const together of [...trials.filter(hasTwins).map((trial) => [trial]), others]) {
    const found = await askHalves(together, secret)
    for (const [index, trial] of together.entries()) results.set(trial, found[index] ?? 'refused')
  }
  return trials.map((trial) => results.get(trial) ?? 'refused')
}

/** Whether two chains of a listener are for the same TLS name. */
function hasTwins({ proxies }: Trial): boolean {
  return proxies.some(({ ports }) =>
    ports.some(({ chains }) => {
      const names = chains.flatMap(({ serverNames = ['*'], tls }) => (tls ? serverNames : []))
      return new Set(names).size < names.length
    }),
  )
}

/** All trials in one process; where it refuses them, each half in a process of its own. */
async function askHalves(trials: readonly Trial[], secret: Secret): Promise<readonly TrialResult[]> {
  if (trials.every(({ proxies }) => proxies.length === 0)) return trials.map(() => [])
  const results = await askTogether(trials, secret)
  if (results !== undefined) return results
  if (trials.length === 1) return ['refused']
  const middle = trials.length >> 1
  return [
    ...(await askHalves(trials.slice(0, middle), secret)),
    ...(await askHalves(trials.slice(middle), secret)),
  ]
}

async function askTogether(
  trials: readonly Trial[],
  secret: Secret,
): Promise<readonly (readonly End[])[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'envoy-'))
  const ends: End[] = []
  const listeners = trials.flatMap(({ proxies }, trial) =>
    proxies.flatMap(({ ports, routes }, pod) =>
      ports.map((port) =>
        listenerOf(port, { path: join(folder, socketName(trial, pod, port.number)), routes, ends, secret }),
      ),
    ),
  )
  const child = start(folder, listeners)
  const complaints = lastOf(child)
  try {
    if (
      !(await isReady(
        child,
        listeners.map(({ path }) => path),
      ))
    ) {
      if (!/\[critical\]/.test(complaints())) throw new Error(`Envoy did not start: ${complaints()}`)
      return undefined
    }
    return await Promise.all(trials.map((trial, index) => resultOf(trial, index, { folder, ends })))
  } finally {
    await stop(child)
    rmSync(folder, { recursive: true })
  }
}

function socketName(trial: number, pod: number, port: number): string {
  return `${trial}-${pod}-${port}`
}

function start(folder: string, listeners: readonly { readonly listener: Json }[]): ChildProcess {
  const path = join(folder, 'envoy.json')
  const bootstrap = { static_resources: { listeners: listeners.map(({ listener }) => listener) } }
  writeFileSync(path, JSON.stringify(bootstrap))
  const options = ['--concurrency', '1', '--disable-hot-restart', '--log-level', 'critical']
  return spawn(program, ['-c', path, ...options], { stdio: ['ignore', 'ignore', 'pipe'] })
}

async function isReady(child: ChildProcess, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    while (!(await answers(path))) {
      if (child.exitCode !== null || child.signalCode !== null) return false
      await setTimeout(20)
    }
  }
  return true
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path })
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

interface Place {
  readonly path: string
  readonly routes: IstioProxy['routes']
  /** Every end that some route of the process stands for; its index is what the route answers. */
  readonly ends: End[]
  readonly secret: Secret
}

function listenerOf(port: ProxyPort, place: Place): { readonly listener: Json; readonly path: string } {
  const speaksTls = port.chains.some(({ tls }) => tls === true)
  const chains = speaksTls ? port.chains : port.chains.slice(0, 1)
  const listener = {
    address: { pipe: { path: place.path } },
    listener_filters: [
      typed('envoy.filters.listener.proxy_protocol', {}),
      ...(speaksTls ? [typed('envoy.filters.listener.tls_inspector', {})] : []),
    ],
    filter_chains: chains.map(({ serverNames, tls, routeName, manager, access = [] }) => ({
      ...(serverNames && { filter_chain_match: { server_names: serverNames } }),
      ...(tls && { transport_socket: tlsSocket(place.secret) }),
      filters: [
        typed('envoy.filters.network.http_connection_manager', {
          ...manager,
          route_config: answering(place.routes[routeName] ?? {}, place.ends),
          http_filters: [...access, typed('envoy.filters.http.router', {})],
        }),
      ],
    })),
  }
  return { listener, path: place.path }
}

const types: Readonly<Record<string, string>> = {
  'envoy.filters.listener.proxy_protocol':
    'envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',
  'envoy.filters.listener.tls_inspector': 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
  'envoy.filters.network.http_connection_manager':
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
  'envoy.filters.http.router': 'envoy.extensions.filters.http.router.v3.Router',
  'envoy.transport_sockets.tls': 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
}

function typed(name: string, value: Json): Json {
  return { name, typed_config: { '@type': `type.googleapis.com/${types[name]}`, ...value } }
}

function tlsSocket({ key, chain }: Secret): Json {
  const certificate = { private_key: { inline_string: key }, certificate_chain: { inline_string: chain } }
  return typed('envoy.transport_sockets.tls', {
    common_tls_context: { tls_certificates: [certificate], alpn_protocols: ['http/1.1'] },
  })
}

/** The same hosts and matches; but every route only says which end it stands for. */
function answering(configuration: RouteConfiguration, ends: End[]): Json {
  const { virtual_hosts: hosts = [] } = configuration
  return {
    ignore_port_in_host_matching: configuration['ignore_port_in_host_matching'] ?? false,
    virtual_hosts: hosts.map((host) => ({
      name: host['name'],
      domains: host['domains'],
      ...(host['require_tls'] !== undefined && { require_tls: host['require_tls'] }),
      routes: (host.routes ?? []).map((route) => ({
        match: route.match,
        direct_response: { status: 200 },
        response_headers_to_add: [{ header: { key: 'x-end', value: String(ends.push(endOf(route)) - 1) } }],
      })),
    })),
  }
}

async function resultOf(
  { proxies, asked, portFor }: Trial,
  trial: number,
  { folder, ends }: { readonly folder: string; readonly ends: readonly End[] },
): Promise<readonly End[]> {
  const found = new Map<Asked, End>()
  for (const [key, together] of Map.groupBy(asked, (each) => `${each.pod} ${portFor(each)}`)) {
    const [pod = 0, port = 0] = key.split(' ').map(Number)
    const listener = proxies[pod]?.ports.find(({ number }) => number === port)
    const speaksTls = listener?.chains.some(({ tls }) => tls === true) ?? false
    const heard = together.filter(({ sni }) => listener !== undefined && (sni !== undefined) === speaksTls)
    const replies = await askAll({ path: join(folder, socketName(trial, pod, port)), port }, heard)
    for (const [index, each] of heard.entries()) found.set(each, endOfReply(replies[index] ?? 'closed', ends))
  }
  return asked.map((each) => found.get(each) ?? { end: 'closed' })
}

function endOfReply(reply: Reply, ends: readonly End[]): End {
  if (reply === 'closed') return { end: 'closed' }
  const end = reply.end === undefined ? undefined : ends[Number(reply.end)]
  if (end !== undefined) return end
  switch (reply.status) {
    case 301:
      return { end: 'https-redirect' }
    case 404:
      return { end: 'not-found' }
    case 403:
      return { end: 'denied' }
    case 400:
      return { end: 'bad-request' }
    default:
      throw new Error(`No route answers with ${reply.status}`)
  }
}
