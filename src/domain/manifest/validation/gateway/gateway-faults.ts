import { joined, quoted, say, words } from '../../../words/phrase.ts'
import { excerpt } from '../../excerpt.ts'
import { type Cause, causeWords } from '../cause.ts'

/** Everything that Istio's validation objects to in a Gateway, in words. */
export const gatewayFaults = {
  'gateway-object-name': (name: string) =>
    say`${quoted(excerpt(name))} is no name for a Gateway: it must be a DNS label`,
  'no-server': () => words('A Gateway needs a server'),
  'null-server': () => words('A server is null'),
  'server-without-host': () => words('A server needs a host'),
  'server-without-port': () => words('A server needs a port'),
  'server-namespace': (entry: string, namespace: string) =>
    say`${quoted(excerpt(entry))}: ${quoted(excerpt(namespace))} is no namespace`,
  'server-host': (entry: string, cause: Cause, part?: string) =>
    say`${quoted(excerpt(entry))} is no host of a server: ${causeWords(cause, part)}`,
  protocol: (name: string) => say`${quoted(excerpt(name))} is no protocol of a server`,
  'target-port': () => say`${quoted('targetPort')} has no meaning on a Gateway`,
  'port-name': () => words('The port needs a name'),
  'port-name-twice': (name: string) => say`Two ports are named ${quoted(excerpt(name))}`,
  bind: (address: string) => say`${quoted(excerpt(address))} is no address to bind to`,
  'bind-path': (path: string) => say`${quoted(excerpt(path))} is no absolute path of a socket`,
  'bind-port': () => words('A Unix socket has no port number'),
  'no-tls': (protocol: string) => say`A server of ${protocol} needs ${quoted('tls')}`,
  'tls-port': () => say`${quoted('tls')} has no place on a port that is neither HTTPS nor TLS`,
  'tls-plain': () => say`A plain HTTP server takes no TLS settings but ${quoted('httpsRedirect')}`,
  'https-redirect': () => say`${quoted('httpsRedirect')} only works on a plain HTTP server`,
  'tls-old': () => say`TLS below 1.2 needs compatible ${quoted('cipherSuites')}`,
  'istio-mutual': (field: string) => ({
    clause: say`ISTIO_MUTUAL brings its own certificates`,
    rest: say`; ${quoted(field)} has no place`,
  }),
  passthrough: (mode: string, field: string) => ({
    clause: say`The mode ${mode} uses no certificates`,
    rest: say`; ${quoted(field)} is ignored`,
  }),
  'certificate-sources': (...sources: string[]) =>
    say`Certificates come from one place, not from ${joined(sources.map(words), ' and ')}`,
  'no-ca': (mode: string) => say`The mode ${mode} needs ${quoted('caCertificates')}`,
  'many-certificates': () => words('At most two certificates are used'),
  'no-certificate': (mode: string, field: string) =>
    say`The mode ${mode} needs ${quoted(field)} or a ${quoted('credentialName')}`,
  'crl-beside-credential': () =>
    say`With ${quoted('credentialName')} the revocation list belongs into the credential`,
  'crl-simple': () => words('The mode SIMPLE takes no revocation list'),
} as const
