/** The files of one side, by path. */
export type Files = Readonly<Record<string, string>>

/** A pull request that somebody made to cost as much as possible. */
export interface HostileCase {
  readonly name: string
  readonly base: Files
  readonly merged: Files
}

/** Entries of the only VirtualService of a host; `timeout` is what the merged side changes. */
type Body = (timeout: string) => string

const times = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join('')

const destination = 'route: [{ destination: { host: a } }]'

function virtualService(name: string, spec: string): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  gateways: [shop/gw]\n${spec}---\n`
}

const oneHost = (entries: string): string =>
  virtualService('hostile', `  hosts: [hostile.example]\n  http:\n${entries}`)

const entry = (match: string, timeout = '1s'): string =>
  `  - { match: ${match}, timeout: ${timeout}, ${destination} }\n`

/** Both sides of one file, in which every timeout changes. */
function both(name: string, body: Body): HostileCase {
  return { name, base: { 'mesh.yaml': body('1s') }, merged: { 'mesh.yaml': body('2s') } }
}

/** Both sides of the only VirtualService of a host. */
function host(name: string, body: Body): HostileCase {
  return both(name, (timeout) => oneHost(body(timeout)))
}

function paths(name: string, count: number, regex: (at: number) => string): HostileCase {
  return host(name, (timeout) => times(count, (at) => entry(`[{ uri: { regex: '${regex(at)}' } }]`, timeout)))
}

function headers(name: string, count: number, regex: (at: number) => string): HostileCase {
  return host(name, (timeout) =>
    times(count, (at) => entry(`[{ headers: { h: { regex: '${regex(at)}' } } }]`, timeout)),
  )
}

function matches(count: number): HostileCase {
  return host(`${count} matches in one entry`, (timeout) =>
    entry(`[${times(count, (at) => `{ uri: { prefix: /p${at} } }, `)}]`, timeout),
  )
}

const letter = (at: number): string => String.fromCharCode(97 + (at % 26))

const routed = (timeout: string): string => `  http:\n${entry('[{ uri: { prefix: /a } }]', timeout)}`

const ofKind = (kind: string, group: string, spec: string): string =>
  `apiVersion: ${group}\nkind: ${kind}\nmetadata: { name: x, namespace: shop }\nspec: ${spec}\n---\n`

const small = (timeout: string): string => oneHost(entry('[{ uri: { prefix: /a } }]', timeout))

/** Everything is generated, none over 5 MB. */
export const hostileCases: readonly HostileCase[] = [
  paths(
    '50 expressions on a host',
    50,
    (at) => `/.*${letter(at)}.{${(at % 9) + 1}}${letter(at + 1)}.*/${at}`,
  ),
  paths(
    '200 expressions on a host',
    200,
    (at) => `/.*${letter(at)}.{${(at % 9) + 1}}${letter(at + 1)}.*/${at}`,
  ),
  paths('50 expressions that overlap everywhere', 50, (at) => `/.*${letter(at)}${letter(at >> 1)}.*`),
  paths('200 expressions that overlap everywhere', 200, (at) => `/.*${letter(at)}${letter(at >> 3)}.*`),
  paths('10,000 expressions of paths', 10_000, (at) => `/t${at}/[0-9]+(/.*)?`),
  headers('50 expressions on a header', 50, (at) => `.*${letter(at)}.{${(at % 9) + 1}}${letter(at + 1)}.*`),
  headers('10,000 expressions on a header', 10_000, (at) => `t${at}[0-9]+`),
  matches(4_000),
  matches(20_000),
  host('20,000 matches in as many entries', (timeout) =>
    times(20_000, (at) => entry(`[{ uri: { exact: /p${at} } }]`, timeout)),
  ),
  host('4,000 matches of headers in one entry', (timeout) =>
    entry(`[${times(4_000, (at) => `{ headers: { h${at}: { exact: a } } }, `)}]`, timeout),
  ),
  host('2,000 entries of header pairs', (timeout) =>
    times(2_000, (at) =>
      entry(`[{ headers: { a${at % 50}: { exact: x }, b${at % 41}: { exact: y } } }]`, timeout),
    ),
  ),
  both('40,000 hosts of one VirtualService', (timeout) =>
    virtualService('v', `  hosts: [${times(40_000, (at) => `h${at}.example, `)}]\n${routed(timeout)}`),
  ),
  both('10,000 hosts with wildcards', (timeout) =>
    virtualService('v', `  hosts: [${times(10_000, (at) => `'*.h${at}.example', `)}]\n${routed(timeout)}`),
  ),
  both('5,000 VirtualServices that share a host', (timeout) =>
    times(5_000, (at) =>
      virtualService(
        `v${at}`,
        `  hosts: [shared.example]\n  http:\n${entry(`[{ uri: { prefix: /p${at} } }]`, timeout)}`,
      ),
    ),
  ),
  both(
    '1,000 Gateways',
    (timeout) =>
      times(
        1_000,
        (at) =>
          `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: g${at}, namespace: shop }\nspec: { selector: { a: b${at % 7} }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }\n---\n`,
      ) +
      virtualService('v', `  hosts: ['*']\n${routed(timeout)}`).replace(
        '[shop/gw]',
        `[${times(1_000, (at) => `shop/g${at}, `)}]`,
      ),
  ),
  both(
    '5,000 delegates of one primary',
    (timeout) =>
      virtualService(
        'primary',
        `  hosts: [h.example]\n  http:\n${times(5_000, (at) => `  - { match: [{ uri: { prefix: /d${at}/ } }], delegate: { name: d${at}, namespace: shop } }\n`)}`,
      ) +
      times(5_000, (at) =>
        virtualService(`d${at}`, `  http:\n${entry(`[{ uri: { prefix: /d${at}/a } }]`, timeout)}`).replace(
          '  gateways: [shop/gw]\n',
          '',
        ),
      ),
  ),
  both(
    '300 delegates of 12 expressions each',
    (timeout) =>
      virtualService(
        'primary',
        `  hosts: [h.example]\n  http:\n${times(300, (at) => `  - { match: [{ uri: { prefix: /d${at}/ } }], delegate: { name: d${at}, namespace: shop } }\n`)}`,
      ) +
      times(300, (at) =>
        virtualService(
          `d${at}`,
          `  http:\n${times(12, (own) => entry(`[{ uri: { regex: '/d${at}/.*${letter(own)}.{${(own % 9) + 1}}${letter(own + at)}.*' } }]`, timeout))}`,
        ).replace('  gateways: [shop/gw]\n', ''),
      ),
  ),
  both('300 hosts of 6 expressions each', (timeout) =>
    times(300, (at) =>
      virtualService(
        `v${at}`,
        `  hosts: [h${at}.example]\n  http:\n${times(6, (own) => entry(`[{ uri: { regex: '/${at}.*${letter(own + at)}.{${(own % 9) + 1}}${letter(own + 3)}.*' } }]`, own % 2 === 0 ? timeout : '1s'))}`,
      ),
    ),
  ),
  {
    name: '100 meshes of 40 expressions each',
    base: Object.fromEntries(expressiveMeshes('1s')),
    merged: Object.fromEntries(expressiveMeshes('2s')),
  },
  {
    name: '400 meshes',
    base: Object.fromEntries(meshes('1s')),
    merged: Object.fromEntries(meshes('2s')),
  },
  paths('(x{1,50}){1,50}', 20, (at) => `/${at}(x{1,50}){1,50}`),
  paths('a long alternation', 1, () => `/(${times(100_000, (at) => `w${at}|`)})`),
  paths('100 kB of stars', 1, () => '.*a'.repeat(30_000)),
  both('5 MB in one string', (timeout) =>
    oneHost(entry(`[{ uri: { exact: '/${'x'.repeat(5_000_000)}' } }]`, timeout)),
  ),
  both('100,000 placeholders', (timeout) =>
    oneHost(entry(`[{ uri: { exact: '/${`\${A}`.repeat(100_000)}' } }]`, timeout)),
  ),
  both('entries with a placeholder each', (timeout) =>
    oneHost(times(5_000, (at) => entry(`[{ uri: { prefix: '/\${P${at}}' } }]`, timeout))),
  ),
  both('deep YAML', (timeout) => `${small(timeout)}a: ${'['.repeat(2_000_000)}\n`),
  both(
    'aliases',
    (timeout) =>
      `${small(timeout)}a0: &a0 [x, x, x, x, x, x, x, x, x]\n${times(30, (at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]\n`)}`,
  ),
  both('500,000 short lines', (timeout) => `${small(timeout)}a:\n${'- x\n'.repeat(500_000)}`),
  both('9,000 documents', (timeout) => small(timeout) + '{a: b}\n---\n'.repeat(9_000)),
  both(
    'a huge Telemetry',
    (timeout) =>
      small(timeout) +
      ofKind(
        'Telemetry',
        'telemetry.istio.io/v1',
        `{ accessLogging: [{ filter: { expression: 'request.url_path.matches("${'(a|b)*c'.repeat(15_000)}${timeout}")' } }] }`,
      ),
  ),
  both(
    'a huge AuthorizationPolicy',
    (timeout) =>
      small(timeout) +
      ofKind(
        'AuthorizationPolicy',
        'security.istio.io/v1',
        `{ action: DENY, rules: [{ to: [{ operation: { paths: [${times(20_000, (at) => `'/a${at}*', `)}], hosts: ['${timeout}.example'] } }] }] }`,
      ),
  ),
  {
    name: 'a huge CODEOWNERS',
    ...withFile(
      '.github/CODEOWNERS',
      times(60_000, (at) => `**/a*${at}*b/**/c* @o/t${at % 100}\n`),
    ),
  },
  {
    name: 'hostile patterns of manifests',
    ...withFile(
      '.github/firebreak.yml',
      `manifests: { include: ['${'**/*a'.repeat(150)}', '**/*.yaml'] }\n`,
      2_000,
    ),
  },
]

function meshes(timeout: string): readonly (readonly [string, string])[] {
  return Array.from({ length: 400 }, (_, at) => [`clusters/c${at}/mesh.yaml`, small(timeout)] as const)
}

function expressiveMeshes(timeout: string): readonly (readonly [string, string])[] {
  return Array.from({ length: 100 }, (_, mesh) => {
    const entries = times(40, (at) =>
      entry(
        `[{ uri: { regex: '/.*${letter(at + mesh)}.{${(at % 9) + 1}}${letter(at + 3)}.*' } }]`,
        at % 2 === 0 ? timeout : '1s',
      ),
    )
    return [`clusters/c${mesh}/mesh.yaml`, oneHost(entries)] as const
  })
}

/** One changed host beside this file, and some more files for its patterns to be asked about. */
function withFile(path: string, text: string, files = 0): Pick<HostileCase, 'base' | 'merged'> {
  const more = Object.fromEntries(
    Array.from({ length: files }, (_, at) => [`${'aa/'.repeat(40)}${at}.txt`, 'a'] as const),
  )
  const rest = { [path]: text, ...more }
  return { base: { 'mesh.yaml': small('1s'), ...rest }, merged: { 'mesh.yaml': small('2s'), ...rest } }
}
