import type { SourceFile } from '../../src/domain/source/source-file.ts'
import type { Story } from './story.ts'

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: bookinfo-gateway, namespace: default }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["*"]
`

function primary(names: readonly string[], timeout: string): string {
  const entries = names.map(
    (name) => `    - match:
        - uri:
            prefix: /${name}/
      delegate:
        name: ${name}
        namespace: ${name}
${timeout}`,
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

function secondary(name: string, routes: number): string {
  const entries = Array.from(
    { length: routes },
    (_, index) => `    - match:
        - uri:
            prefix: /${name}/${index}
      route:
        - destination: { host: ${name}.${name}.svc.cluster.local }
`,
  )
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${name} }
spec:
  http:
${entries.join('')}`
}

/** A primary that gives a prefix to each of many teams and sets a timeout for all of them at once. */
export function hugeStory(teams: number, configuration: string): Story {
  const names = Array.from({ length: teams }, (_, index) => `team-${String(index + 1).padStart(2, '0')}`)
  const owners = names.map((name) => `/teams/${name}/ @bookinfo/${name}`)
  const common: readonly SourceFile[] = [
    {
      path: '.github/CODEOWNERS',
      text: ['/mesh/ @bookinfo/mesh-admins', '/.github/ @bookinfo/mesh-admins', ...owners, ''].join('\n'),
    },
    { path: '.github/firebreak.yml', text: configuration },
    { path: 'mesh/gateway.yaml', text: gateway },
    ...names.map((name) => ({ path: `teams/${name}/vs.yaml`, text: secondary(name, 3) })),
  ]
  const members = names.map((name) => [`@bookinfo/${name}`, [`owner-of-${name}`]] as const)
  return {
    name: 'huge',
    base: [...common, { path: 'mesh/bookinfo.yaml', text: primary(names, '') }],
    head: [...common, { path: 'mesh/bookinfo.yaml', text: primary(names, '      timeout: 5s\n') }],
    cast: { author: 'maya', approvedBy: names.slice(0, 14).map((name) => `owner-of-${name}`) },
    members: { '@bookinfo/mesh-admins': ['maya'], ...Object.fromEntries(members) },
  }
}
