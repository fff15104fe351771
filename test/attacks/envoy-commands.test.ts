import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const path = 'teams/catalog/vs-2.yaml'
const catalog = bookinfoFiles()[path] ?? ''

const header = (value: string) =>
  catalog.replace(
    '      route:',
    `      headers: { request: { set: { x-a: ${JSON.stringify(value)} } } }\n      route:`,
  )
const stopped = (way: string, value: string): Attempt => ({
  way,
  files: { [path]: header(value) },
  conclusion: 'failure',
  waitsFor: [],
  says: /Envoy refuses all routes of the port, and every host and team of it stops updating/,
})
const harmless = (way: string, value: string) => ({ way, files: { [path]: header(value) } })

testAttackClass('a command is known by its whole name, or nobody’s changes arrive any more', {
  attack: stopped('a name that begins like a command', '%REQUESTER%'),
  variants: [
    stopped('one letter more', '%PROTOCOLS%'),
    stopped('a word more', '%DOWNSTREAM_REMOTE_ADDRESS_WITH_PORT%'),
    stopped('a word less', '%DOWNSTREAM_REMOTE%'),
    stopped('a family alone', '%UPSTREAM_%'),
    stopped('a family with a word of another', '%UPSTREAM_ROUTE_NAME%'),
    stopped('small letters', '%req(x)%'),
    stopped('a space before it', '% PROTOCOL%'),
    stopped('behind one that is right', '%PROTOCOL% %HOSTNAMES%'),
    stopped('with arguments', '%REQS(x)%'),
    stopped('with a length', '%STARTS_TIME:3%'),
    stopped('without the arguments that it needs', '%REQ%'),
    stopped('an environment that is not named', '%ENVIRONMENT%'),
  ],
  neighbours: [
    harmless('a header', '%REQ(:path)%'),
    harmless('where it comes from', '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%'),
    harmless('who it is', '%DOWNSTREAM_PEER_URI_SAN%'),
    harmless('a certificate', '%DOWNSTREAM_PEER_FINGERPRINT_256%'),
    harmless('which cipher', '%DOWNSTREAM_TLS_CIPHER%'),
    harmless('which host', '%UPSTREAM_REMOTE_ADDRESS%'),
    harmless('when it began', '%START_TIME(%s.%3f)%'),
    harmless('which route', '%ROUTE_NAME%'),
    harmless('which name was asked for', '%REQUESTED_SERVER_NAME%'),
    harmless('what a filter left', '%DYNAMIC_METADATA(istio.mixer:key)%'),
    harmless('which pod', '%ENVIRONMENT(POD_NAME)%'),
    harmless('how it was answered', '%RESPONSE_CODE_DETAILS% %RESPONSE_FLAGS%'),
    harmless('percent', '100%%'),
  ],
})
