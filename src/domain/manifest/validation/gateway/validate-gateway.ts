import { rangeOf } from '../../../source/located.ts'
import type { SourceRange } from '../../../source/source-file.ts'
import { words } from '../../../words/phrase.ts'
import { rangeOfElement, wasNull } from '../../decoding/written-as.ts'
import type { Gateway, Server, ServerPort } from '../../gateway.ts'
import { isUnknown } from '../../placeholders/placeholders.ts'
import { type Problem, refused, warned, withPlace } from '../problem.ts'
import { validateAnnotations } from '../validate-annotations.ts'
import { checkPort } from '../validation.ts'
import { isDnsLabel, type NameProblem, wildcardDomainProblem } from '../values/dns-names.ts'
import { isIpAddress } from '../values/ip-address.ts'
import { validateServerTls } from './validate-server-tls.ts'

/** The verdict of Istio's webhook on one Gateway by itself (Istio `ValidateGateway`). */
export function validateGateway(gateway: Gateway): readonly Problem[] {
  const servers = gateway.spec.servers ?? []
  return [
    ...validateAnnotations(gateway),
    ...(isDnsLabel(gateway.name)
      ? []
      : [refused('gateway-object-name', rangeOf(gateway, 'name'), gateway.name)]),
    ...(servers.length > 0 ? [] : [refused('no-server', rangeOf(gateway, 'spec'))]),
    ...servers.flatMap((server) => validateServer(server)),
    ...validatePortNames(servers),
  ]
}

const protocols = {
  plain: new Set(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web']),
  tls: new Set(['https', 'tls']),
  other: new Set(['tcp', 'udp', 'mongo', 'redis', 'mysql']),
}

type ProtocolKind = 'plain' | 'tls' | 'other' | 'unknown'

function protocolKind(port: ServerPort | undefined): ProtocolKind {
  const name = (port?.protocol ?? '').toLowerCase()
  const kinds = ['plain', 'tls', 'other'] as const
  return kinds.find((kind) => protocols[kind].has(name)) ?? 'unknown'
}

function validateServer(server: Server): readonly Problem[] {
  if (wasNull(server)) return [refused('null-server', rangeOf(server))]
  const port = validatePort(server)
  return [
    ...validateServerHosts(server),
    ...port,
    ...validateBind(server),
    ...validateServerTls(server.tls),
    ...(port.length > 0 || isUnknown(server.port?.protocol ?? '') ? [] : validateTlsPresence(server)),
    ...validateRedirectUse(server),
  ]
}

function validateServerHosts(server: Server): readonly Problem[] {
  const hosts = server.hosts ?? []
  if (hosts.length === 0) return [refused('server-without-host', rangeOf(server))]
  return hosts.flatMap((entry, index) =>
    validateServerHost(entry, rangeOfElement(hosts, index) ?? rangeOf(server, 'hosts')),
  )
}

/** `host`, `ns/host`, `./host` or `*` before the slash; the host is fully qualified and its wildcard a whole label. */
function validateServerHost(entry: string, range: SourceRange | undefined): readonly Problem[] {
  if (isUnknown(entry)) return []
  const slash = entry.indexOf('/')
  const namespace = slash === -1 ? '*' : entry.slice(0, slash)
  const why = serverHostProblem(entry.slice(slash + 1))
  return [
    ...(namespace === '*' || namespace === '.' || isDnsLabel(namespace)
      ? []
      : [refused('server-namespace', range, entry, namespace)]),
    ...(why === undefined ? [] : [refused('server-host', range, entry, ...why)]),
  ]
}

function serverHostProblem(host: string): NameProblem | undefined {
  if (host === '*') return undefined
  if (!host.includes('.')) return ['short']
  const why = isIpAddress(host) ? undefined : wildcardDomainProblem(host)
  if (why !== undefined) return why
  return host.includes('*') && !host.startsWith('*.') ? ['part-wildcard'] : undefined
}

const unixPrefix = 'unix://'

function validatePort(server: Server): readonly Problem[] {
  const { port } = server
  if (port === undefined) return [refused('server-without-port', rangeOf(server))]
  const isUnix = (server.bind ?? '').startsWith(unixPrefix)
  const number = port.number ?? 0
  return [
    ...(protocolKind(port) === 'unknown' && !isUnknown(port.protocol ?? '')
      ? [refused('protocol', rangeOf(port, 'protocol'), port.protocol ?? '')]
      : []),
    ...(number === 0 && isUnix ? [] : checkPort(number, rangeOf(port, 'number'))),
    ...(port.targetPort === undefined ? [] : [refused('target-port', rangeOf(port, 'targetPort'))]),
    ...(port.name === undefined ? [refused('port-name', rangeOf(port))] : []),
  ]
}

function validateBind(server: Server): readonly Problem[] {
  const bind = server.bind ?? ''
  const range = rangeOf(server, 'bind')
  if (bind === '' || isUnknown(bind)) return []
  if (!bind.startsWith(unixPrefix)) return isIpAddress(bind) ? [] : [refused('bind', range, bind)]
  const path = bind.slice(unixPrefix.length)
  const isPath = path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'))
  return [
    ...(isPath ? [] : [refused('bind-path', range, path)]),
    ...(server.port?.number === undefined ? [] : [refused('bind-port', rangeOf(server.port, 'number'))]),
  ]
}

/** TLS settings belong to HTTPS and TLS; a plain HTTP server may only redirect. */
function validateTlsPresence(server: Server): readonly Problem[] {
  const kind = protocolKind(server.port)
  const { tls } = server
  if (kind === 'tls' && tls === undefined)
    return [refused('no-tls', rangeOf(server), server.port?.protocol ?? '')]
  if (kind === 'tls' || tls === undefined) return []
  const range = rangeOf(server, 'tls')
  if (kind !== 'plain') return [refused('tls-port', range)]
  const mode = tls.mode
  const passes = mode === undefined || mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH'
  const hasFiles = [tls.caCertificates, tls.privateKey, tls.serverCertificate].some(
    (file) => file !== undefined,
  )
  if (passes && !hasFiles) return []
  return [refused('tls-plain', range)]
}

function validateRedirectUse({ port, tls }: Server): readonly Problem[] {
  if (port === undefined || protocolKind(port) === 'plain' || tls?.httpsRedirect !== true) return []
  return [warned('https-redirect', rangeOf(tls, 'httpsRedirect'))]
}

function validatePortNames(servers: readonly Server[]): readonly Problem[] {
  const first = new Map<string, ServerPort>()
  return servers.flatMap(({ port }) => {
    if (port?.name === undefined) return []
    const earlier = first.get(port.name)
    if (earlier === undefined) {
      first.set(port.name, port)
      return []
    }
    const problem = refused('port-name-twice', rangeOf(port, 'name'), port.name)
    return [withPlace(problem, words('The first port of this name'), rangeOf(earlier, 'name'))]
  })
}
