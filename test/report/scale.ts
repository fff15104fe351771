import type { SourceFile } from '../../src/domain/source/source-file.ts'
import type { Story } from './story.ts'

/** What a story about many teams says of each: its secondary, and what the primary says of its entry, on both sides. */
interface Many {
  readonly name: string
  readonly teams: readonly string[]
  readonly secondary: (team: string, side: 'base' | 'head') => string
  readonly ofEntry?: (side: 'base' | 'head') => string
  readonly approvedBy?: readonly string[]
}

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: bookinfo-gateway, namespace: default }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["*"]
`

function primary(teams: readonly string[], ofEntry: string): string {
  const entries = teams.map(
    (team) => `    - match:
        - uri:
            prefix: /${team}/
      delegate: { name: ${team}, namespace: ${team} }
${ofEntry}`,
  )
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bookinfo, namespace: default }
spec:
  gateways: [bookinfo-gateway]
  hosts: ["*"]
  http:
${entries.join('')}`
}

function sideOf(
  { teams, secondary, ofEntry = () => '' }: Many,
  side: 'base' | 'head',
): readonly SourceFile[] {
  const owners = teams.map((team) => `/teams/${team}/ @bookinfo/${team}`)
  const common = ['/mesh/ @bookinfo/mesh-admins', '/.github/ @bookinfo/mesh-admins']
  return [
    { path: '.github/CODEOWNERS', text: [...common, ...owners, ''].join('\n') },
    { path: '.github/firebreak.yml', text: 'consent: { many: 10000 }\n' },
    { path: 'mesh/bookinfo.yaml', text: primary(teams, ofEntry(side)) },
    { path: 'mesh/gateway.yaml', text: gateway },
    ...teams.map((team) => ({
      path: `teams/${team}/vs.yaml`,
      text: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${team}, namespace: ${team} }
spec:
  http:
${secondary(team, side)}`,
    })),
  ]
}

function storyOf(many: Many): Story {
  const members = many.teams.map((team) => [`@bookinfo/${team}`, [`owner-of-${team}`]] as const)
  return {
    name: many.name,
    base: sideOf(many, 'base'),
    head: sideOf(many, 'head'),
    cast: { author: 'maya', approvedBy: (many.approvedBy ?? []).map((team) => `owner-of-${team}`) },
    members: { '@bookinfo/mesh-admins': ['maya'], ...Object.fromEntries(members) },
  }
}

const words = (
  'address affiliates blog cart catalog chat checkout consent coupons details email export faq images import inventory ' +
  'invoices jobs legal loyalty media notify orders partners press profile ratings recommend returns reviews search sellers ' +
  'shipping sms support upload video wishlist login payments'
).split(' ')

const withTimeouts = new Map([
  ['login', [0, 1, 2]],
  ['payments', [0, 1, 2]],
  ['search', [1]],
  ['export', [1]],
])

function route(path: string, host: string, fields = ''): string {
  return `    - match: [{ uri: { prefix: ${path} } }]
      route: [{ destination: { host: ${host} } }]
${fields}`
}

/** Forty teams get a timeout from the primary, but for two that set their own everywhere and two that do for one route. */
export const timeoutForAll: Story = storyOf({
  name: 'timeout-for-38-teams',
  teams: words,
  ofEntry: (side) => (side === 'head' ? '      timeout: 5s\n' : ''),
  approvedBy: words.slice(24, 38),
  secondary: (team) =>
    [2, 1, 0]
      .map((at) =>
        route(
          at === 0 ? `/${team}/` : `/${team}/part-${at}`,
          `${team}.${team}.svc.cluster.local`,
          withTimeouts.get(team)?.includes(at) ? '      timeout: 30s\n' : '',
        ),
      )
      .join(''),
})

/** Forty releases move on at once. */
export const weightsOfForty: Story = storyOf({
  name: 'weights-of-40-teams',
  teams: words,
  approvedBy: words.slice(0, 14),
  secondary: (team, side) => `    - route:
        - destination: { host: ${team}, subset: v1 }
          weight: ${side === 'head' ? 50 : 90}
        - destination: { host: ${team}, subset: v2 }
          weight: ${side === 'head' ? 50 : 10}
`,
})

/** VirtualServices that each send their requests elsewhere, every one to a service of another name. */
export function allMoved(count: number, name: string): Story {
  return storyOf({
    name,
    teams: Array.from({ length: count }, (_, at) => `team-${String(at + 1).padStart(4, '0')}`),
    secondary: (team, side) =>
      `    - route: [{ destination: { host: ${team}-${side === 'head' ? 'green' : 'blue'} } }]\n`,
  })
}

export const thousandMoved: Story = allMoved(1_000, 'thousand-virtual-services')

const entry = (path: string, host: string): string => route(path, `${host}.default.svc.cluster.local`)

/** All files written by another tool in the newer version of the API; where it is asked for, that tool has exchanged two entries. */
export function reformatted(how: 'exchanged' | 'as-they-were'): Story {
  const older = (text: string): string =>
    text.replaceAll('networking.istio.io/v1\n', 'networking.istio.io/v1beta1\n')
  const reviews = entry('/catalog/reviews', 'reviews')
  const rest = entry('/catalog/', 'productpage')
  const story = storyOf({
    name: 'reformatted',
    teams: words.slice(0, 38),
    secondary: (team, side) => {
      if (team !== 'catalog') return entry(`/${team}/`, team)
      return how === 'exchanged' && side === 'head' ? rest + reviews : reviews + rest
    },
  })
  return { ...story, base: story.base.map(({ path, text }) => ({ path, text: older(text) })) }
}
