import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess, type Proposal } from '../../src/domain/assess.ts'
import { parseCodeowners } from '../../src/domain/ownership/codeowners.ts'
import { waysOut } from '../../src/domain/ways-out/ways-out.ts'
import { hostileKeys, hostileYaml } from '../support/hostile-yaml.ts'
import { runs } from '../support/laws.ts'

const names = fc.constantFrom(...hostileKeys.filter((key) => key !== ''))
const fields = [
  ...[
    'hosts',
    'gateways',
    'http',
    'match',
    'headers',
    'withoutHeaders',
    'queryParams',
    'sourceLabels',
    'uri',
  ],
  ...['exact', 'prefix', 'regex', 'route', 'destination', 'host', 'delegate', 'name', 'namespace', 'servers'],
]

const groups = [
  ...['networking.istio.io/', 'networking.istio.io/', 'security.istio.io/', 'gateway.networking.k8s.io/'],
  ...['', 'apps/', 'constructor/', '__proto__/', 'toString/'],
]

const kinds = [
  ...['VirtualService', 'VirtualService', 'Gateway', 'EnvoyFilter', 'AuthorizationPolicy', 'HTTPRoute'],
  ...['Service', 'Namespace', 'ConfigMap', 'Deployment', 'VirtualServiceMerge', '__proto__', 'constructor'],
]

/** A tree of the mesh with names and keys of its own, or anything else in place of its spec. */
const manifest = fc
  .record({
    group: fc.constantFrom(...groups),
    kind: fc.constantFrom(...kinds),
    name: names,
    header: names,
    spec: fc.option(hostileYaml(fields), { freq: 1, nil: undefined }),
    labels: hostileYaml(['app']),
    delegating: fc.boolean(),
  })
  .map(({ group, kind, name, header, spec, labels, delegating }) => {
    const key = JSON.stringify(header)
    const match = `[{ headers: { ${key}: { exact: a } }, withoutHeaders: { ${key}: { prefix: b } }, queryParams: { ${key}: { regex: "." } }, sourceLabels: { ${key}: a } }]`
    const does = delegating
      ? `delegate: { name: ${JSON.stringify(name)}, namespace: n }`
      : `route: [{ destination: { host: a } }], headers: { request: { set: { ${key}: a } } }`
    const whole =
      spec ?? `{ ${delegating ? 'hosts: ["*"], gateways: [n/g], ' : ''}http: [{ match: ${match}, ${does} }] }`
    return `apiVersion: ${group}v1\nkind: ${kind}\nmetadata: { name: ${JSON.stringify(name)}, namespace: n, labels: ${labels} }\nspec: ${whole}\n`
  })

const side = fc
  .array(manifest, { maxLength: 4 })
  .map((texts) => texts.map((text, index) => ({ path: `f/${index}.yaml`, text })))

const codeowners = parseCodeowners({
  path: 'CODEOWNERS',
  text: '* @__proto__/constructor\n/f/1.yaml @toString\n',
})

describe('whatever manifests hold', () => {
  it('two sides of them are judged, and ways out looked for', () => {
    fc.assert(
      fc.property(side, side, (base, merged) => {
        const changed = merged.map((file, index) => ({
          path: file.path,
          base: base[index] ?? file,
          merged: file,
        }))
        const rest = { changed, codeowners, obstructions: [], draft: false, today: '2026-11-29' }
        const proposal: Proposal = { base, merged, ...rest }

        expect(() => waysOut(proposal, assess(proposal))).not.toThrow()
      }),
      { numRuns: runs(60, 3_000) },
    )
  })
})
