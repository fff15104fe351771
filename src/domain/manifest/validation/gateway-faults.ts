import { quoted, say, words } from '../../words/phrase.ts'
import { excerpt } from '../excerpt.ts'
import { type Cause, causeWords } from './cause.ts'

/** Everything that Istio's validation objects to in a Gateway, in words. */
export const gatewayFaults = {
  'gateway-object-name': (name: string) => ({
    clause: say`${quoted(excerpt(name))} is no name for a Gateway: it must be a DNS label`,
  }),
  'no-server': () => ({ clause: words('A Gateway needs a server') }),
  'null-server': () => ({ clause: words('A server is null') }),
  'server-without-host': () => ({ clause: words('A server needs a host') }),
  'server-without-port': () => ({ clause: words('A server needs a port') }),
  'server-namespace': (entry: string, namespace: string) => ({
    clause: say`${quoted(excerpt(entry))}: ${quoted(excerpt(namespace))} is no namespace`,
  }),
  'server-host': (entry: string, cause: Cause, part?: string) => ({
    clause: say`${quoted(excerpt(entry))} is no host of a server: ${causeWords(cause, part)}`,
  }),
  protocol: (name: string) => ({ clause: say`${quoted(excerpt(name))} is no protocol of a server` }),
  'target-port': () => ({ clause: say`${quoted('targetPort')} has no meaning on a Gateway` }),
  'port-name': () => ({ clause: words('The port needs a name') }),
  'port-name-twice': (name: string) => ({ clause: say`Two ports are named ${quoted(excerpt(name))}` }),
  bind: (address: string) => ({ clause: say`${quoted(excerpt(address))} is no address to bind to` }),
  'bind-path': (path: string) => ({ clause: say`${quoted(excerpt(path))} is no absolute path of a socket` }),
  'bind-port': () => ({ clause: words('A Unix socket has no port number') }),
  'no-tls': (protocol: string) => ({ clause: say`A server of ${protocol} needs ${quoted('tls')}` }),
  'tls-port': () => ({
    clause: say`${quoted('tls')} has no place on a port that is neither HTTPS nor TLS`,
  }),
  'tls-plain': () => ({
    clause: say`A plain HTTP server takes no TLS settings but ${quoted('httpsRedirect')}`,
  }),
  'https-redirect': () => ({
    clause: say`${quoted('httpsRedirect')} only works on a plain HTTP server`,
  }),
  'tls-old': () => ({ clause: say`TLS below 1.2 needs compatible ${quoted('cipherSuites')}` }),
  'istio-mutual': (field: string) => ({
    clause: say`ISTIO_MUTUAL brings its own certificates`,
    rest: say`; ${quoted(field)} has no place`,
  }),
  passthrough: (mode: string, field: string) => ({
    clause: say`The mode ${mode} uses no certificates`,
    rest: say`; ${quoted(field)} is ignored`,
  }),
  'certificate-sources': (sources: string) => ({
    clause: say`Certificates come from one place, not from ${sources}`,
  }),
  'no-ca': (mode: string) => ({ clause: say`The mode ${mode} needs ${quoted('caCertificates')}` }),
  'many-certificates': () => ({ clause: words('At most two certificates are used') }),
  'no-certificate': (mode: string, field: string) => ({
    clause: say`The mode ${mode} needs ${quoted(field)} or a ${quoted('credentialName')}`,
  }),
  'crl-beside-credential': () => ({
    clause: say`With ${quoted('credentialName')} the revocation list belongs into the credential`,
  }),
  'crl-simple': () => ({ clause: words('The mode SIMPLE takes no revocation list') }),
} as const
