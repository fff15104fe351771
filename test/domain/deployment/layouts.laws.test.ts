import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import { runs } from '../../support/laws.ts'

/** The routes of one team: paths, each with the service that answers it. */
type Routes = Readonly<Record<string, string>>

/** A mesh before it is known how it is written down. */
interface Mesh {
  readonly prefixes: Readonly<Record<string, string>>
  readonly teams: Readonly<Record<string, Routes>>
}

const services = fc.constantFrom('one', 'two', 'three')
const routes = fc.dictionary(fc.constantFrom('/a', '/b', '/c/d', '/login', '/catalog/x'), services, {
  maxKeys: 3,
  noNullPrototype: true,
})
const names = ['login', 'catalog', 'pay'] as const
const mesh: fc.Arbitrary<Mesh> = fc.record({
  prefixes: fc.record({
    login: fc.constantFrom('/', '/login'),
    catalog: fc.constantFrom('/c', '/catalog'),
    pay: fc.constant('/a'),
  }),
  teams: fc.record({ login: routes, catalog: routes, pay: routes }),
})

const object = (kind: string, name: string, namespace: string | undefined, spec: object) =>
  `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec,
  })}\n`

const secondary = (team: string, own: Routes, namespace?: string) =>
  object('VirtualService', team, namespace, {
    http: Object.entries(own).map(([exact, host]) => ({
      match: [{ uri: { exact } }],
      route: [{ destination: { host: `${host}.${team}.svc.cluster.local` } }],
    })),
  })

const primary = ({ prefixes }: Mesh) =>
  '---\n' +
  object('Gateway', 'edge', 'mesh', {
    selector: { istio: 'ingress' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
  }) +
  '---\n' +
  object('VirtualService', 'root', 'mesh', {
    hosts: ['shop.example'],
    gateways: ['mesh/edge'],
    http: names.map((team) => ({
      match: [{ uri: { prefix: prefixes[team] } }],
      delegate: { name: team, namespace: team },
    })),
  })

type Layout = (team: string, own: Routes) => Readonly<Record<string, string>>

const layouts: Readonly<Record<string, Layout>> = {
  plain: (team, own) => ({ [`teams/${team}/vs.yaml`]: secondary(team, own, team) }),
  kustomize: (team, own) => ({
    [`teams/${team}/vs.yaml`]: secondary(team, own),
    [`teams/${team}/kustomization.yaml`]: `namespace: ${team}\nresources: [vs.yaml]\n`,
  }),
  'kustomize with a base': (team, own) => ({
    [`teams/${team}/base/vs.yaml`]: secondary(`x-${team}`, own).replaceAll(`x-${team}.svc`, `${team}.svc`),
    [`teams/${team}/base/kustomization.yaml`]: 'resources: [vs.yaml]\n',
    [`teams/${team}/kustomization.yaml`]: `namespace: ${team}\nresources: [base]\npatches:\n  - target: { kind: VirtualService }\n    patch: '[{ "op": "replace", "path": "/metadata/name", "value": "${team}" }]'\n`,
  }),
  'Argo CD': (team, own) => ({
    [`teams/${team}/vs.yaml`]: secondary(team, own),
    [`teams/${team}/argocd/app.yaml`]: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${team}, namespace: argocd }\nspec: { source: { repoURL: "https://git/shop", path: teams/${team} }, destination: { namespace: ${team}, name: in-cluster } }\n`,
  }),
  Flux: (team, own) => ({
    [`teams/${team}/app/vs.yaml`]: secondary(team, own),
    [`teams/${team}/flux.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${team}, namespace: flux-system }\nspec: { path: ./teams/${team}/app, targetNamespace: ${team}, sourceRef: { kind: GitRepository, name: flux-system } }\n`,
  }),
}

function filesOf(written: Mesh, layout: Layout): readonly SourceFile[] {
  const files = Object.assign(
    { 'mesh/root.yaml': primary(written) },
    ...names.map((team) => layout(team, written.teams[team] ?? {})),
  )
  return Object.entries<string>(files).map(([path, text]) => ({ path, text }))
}

const codeowners = parseCodeowners({
  path: 'CODEOWNERS',
  text: `/mesh/ @o/admins\n${names.map((team) => `/teams/${team}/ @o/${team}\n`).join('')}`,
})

/** What is found, without a word of where it is written. */
function judged(before: Mesh, after: Mesh, layout: Layout) {
  const [base, merged] = [filesOf(before, layout), filesOf(after, layout)]
  const changed = merged.flatMap((file, at) => {
    const old = base[at] ?? file
    return old.text === file.text ? [] : [{ path: file.path, base: old, merged: file }]
  })
  const { comparison, findings, requirements } = assess({
    base,
    merged,
    changed,
    codeowners,
    obstructions: [],
    draft: false,
    today: '2026-11-29',
  })
  return {
    changes: comparison.changes
      .map(({ host, kind, before: old, after: now, touched, witness, certain }) =>
        JSON.stringify([
          host,
          kind,
          old?.outcome.key,
          now?.outcome.key,
          touched.map(({ key }) => key),
          witness,
          certain,
        ]),
      )
      .toSorted(),
    asked: requirements.map(({ team }) => team.key),
    findings: findings
      // What is wrong on both sides is looked for only where something was touched.
      .filter(({ status }) => status !== 'existing')
      .map(({ code, status, effect, resource, teams }) =>
        JSON.stringify([code, status, effect, resource, teams.map(({ key }) => key)]),
      )
      .toSorted(),
  }
}

it('the same mesh gives the same changes, teams and findings, however it is laid out', () => {
  fc.assert(
    fc.property(mesh, mesh, fc.constantFrom(...names, 'root'), (before, other, who) => {
      const after: Mesh =
        who === 'root'
          ? { ...before, prefixes: other.prefixes }
          : { ...before, teams: { ...before.teams, [who]: other.teams[who] ?? {} } }
      const { plain, ...others } = layouts
      const expected = judged(before, after, plain!)

      for (const [name, layout] of Object.entries(others))
        expect(judged(before, after, layout), name).toEqual(expected)
    }),
    { numRuns: runs(12, 3_000) },
  )
})
