import { join } from 'node:path'
import { writeFiles } from './write-files.ts'

/** A mesh of which each host is divided among as many teams as a primary has secondaries. */
export interface LargeMesh {
  readonly primaries: number
  readonly secondaries: number
  readonly routes: number
}

/** Writes both sides of a change of one timeout: `base` and `head` in a folder. */
export function writeBothSides(folder: string, mesh: LargeMesh): void {
  for (const side of ['base', 'head']) writeFiles(join(folder, side), filesOf(mesh, side === 'head'))
}

/** Every file of one side: the changed one has the timeout of one route of one secondary. */
export function* filesOf(
  { primaries, secondaries, routes }: LargeMesh,
  isChanged: boolean,
): Generator<readonly [path: string, text: string]> {
  const teams = Array.from({ length: primaries }, (_, at) => `/teams/team-${at}/ @org/team-${at}\n`)
  yield ['.github/CODEOWNERS', `/primaries/ @org/platform\n/gateways/ @org/platform\n${teams.join('')}`]
  yield ['gateways/entry.yaml', gateway]
  for (let primary = 0; primary < primaries; primary += 1) {
    const name = `primary-${primary}`
    yield [`primaries/${name}.yaml`, virtualService(name, delegating(primary, secondaries))]
    for (let secondary = 0; secondary < secondaries; secondary += 1) {
      const timed = isChanged && primary === 3 && secondary === 7 ? 4 : undefined
      yield [
        `teams/team-${primary}/secondary-${secondary}.yaml`,
        virtualService(`secondary-${primary}-${secondary}`, routing(primary, secondary, { routes, timed })),
      ]
    }
  }
}

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: entry
  namespace: shop
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts:
        - "*"
`

function virtualService(name: string, spec: string): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n${spec}`
}

function delegating(primary: number, secondaries: number): string {
  const entries = Array.from(
    { length: secondaries },
    (_, at) =>
      `${matching(`/area-${at}/`)}      delegate:\n        name: secondary-${primary}-${at}\n        namespace: shop\n`,
  )
  return `  hosts:\n    - host-${primary}.example\n  gateways:\n    - shop/entry\n  http:\n${entries.join('')}`
}

function routing(
  primary: number,
  secondary: number,
  { routes, timed }: { readonly routes: number; readonly timed: number | undefined },
): string {
  const entries = Array.from({ length: routes }, (_, at) => {
    const timeout = at === timed ? '      timeout: 2s\n' : ''
    const host = `service-${primary}-${secondary}-${at}.shop.svc.cluster.local`
    return `${matching(`/area-${secondary}/part-${at}/`)}${timeout}      route:\n        - destination:\n            host: ${host}\n            port:\n              number: 8080\n`
  })
  return `  http:\n${entries.join('')}`
}

function matching(prefix: string): string {
  return `    - match:\n        - uri:\n            prefix: ${prefix}\n`
}
