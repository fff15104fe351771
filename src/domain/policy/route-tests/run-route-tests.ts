import type { Doubt } from '../../doubt.ts'
import { identityOf } from '../../manifest/names.ts'
import { createExplainer } from '../../routing/explain/explain-request.ts'
import type { Contested, Explanation } from '../../routing/explain/explanation.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { EffectiveRoute, RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { type AsExpected, all, unmetParts } from './answered-as-expected.ts'
import type { Expectation, RouteTest } from './route-test.ts'

/** Why an answer is not certain. */
export type Uncertainty = Contested | 'perhaps-refused' | 'copies' | 'not-known-here' | Doubt

/** What keeps a test from passing, or from passing surely: who is asked is not there, or an answer is not as expected. */
type Unmet = { readonly kind: 'stranger'; readonly name: string } | UnmetAnswer

/** One answer that is not as expected, or not surely. */
export interface UnmetAnswer {
  readonly kind: 'answer'
  readonly answer: Explanation
  /** The possible answer that is not as expected. */
  readonly route: EffectiveRoute | 'no-route'
  readonly parts: readonly (keyof Expectation)[]
  readonly because: readonly Uncertainty[]
}

/** `perhaps`: it is as expected in some of the ways in which it may be. */
type Verdict =
  | { readonly verdict: 'passed' }
  | { readonly verdict: 'perhaps' | 'failed'; readonly unmet: Unmet }

/** What became of a test. */
export type RouteTestResult = Verdict & {
  readonly test: RouteTest
  /** By its verdict, and by what the test allows. */
  readonly passes: boolean
  /** What answers the request, at each gateway of each mesh that was asked. */
  readonly answers: readonly Explanation[]
}

/** Runs tests against the tables of one side, by the evaluator that answers `explain`: the worst of all answers decides. */
export function routeTestRunner(
  meshes: readonly Mesh[],
  settings: IstioSettings,
): (test: RouteTest) => RouteTestResult {
  const explainer = createExplainer(meshes, settings)
  const names = new Map(meshes.map((mesh) => [mesh.name, gatewaysOf(mesh)]))
  const doubtful = doubtfulTables(meshes)
  return (test) => {
    const stranger = strangerIn(test, names)
    if (stranger !== undefined) {
      const unmet = { kind: 'stranger', name: stranger } as const
      return { test, verdict: 'failed', passes: false, answers: [], unmet }
    }
    const answers = explainer.explain(test.request)
    const judged = answers.map((answer) => judgedAnswer(test, answer, { settings, doubtful }))
    const worst = worstOf(judged)
    if (worst.met === 'yes') return { test, verdict: 'passed', passes: true, answers }
    const verdict = worst.met === 'no' ? 'failed' : 'perhaps'
    return { test, verdict, passes: verdict === 'perhaps' && test.perhaps, answers, unmet: worst.unmet }
  }
}

function gatewaysOf({ tables, inForce }: Mesh): ReadonlySet<string> {
  return new Set(['mesh', ...tables.map(({ gateway }) => gateway), ...inForce.gateways.map(identityOf)])
}

/** A name with a typing error would be answered by 404. */
function strangerIn(
  { request: { mesh, gateway } }: RouteTest,
  names: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (mesh !== undefined && !names.has(mesh)) return mesh
  const asked = mesh === undefined ? [...names.values()] : [names.get(mesh) ?? new Set<string>()]
  if (gateway === undefined || asked.some((each) => each.has(gateway))) return undefined
  return gateway
}

type Judged = { readonly met: 'yes' } | { readonly met: 'perhaps' | 'no'; readonly unmet: UnmetAnswer }

interface Judging {
  readonly settings: IstioSettings
  readonly doubtful: ReadonlyMap<string, RouteTable>
}

/** Of an answer that is contested all that are possible count: where each is as expected, so is the answer. */
function judgedAnswer({ expect }: RouteTest, answer: Explanation, { settings, doubtful }: Judging): Judged {
  const { clusterDomain } = settings
  const possible = answer.possible ?? [answer.route ?? 'no-route']
  const each = possible.map((route) => {
    const parts = unmetParts(expect, { answer, route, clusterDomain })
    return { route, parts, met: all(parts.map(({ met }) => met)) }
  })
  const beside = besideAnswer(answer, doubtful)
  const worst = worstOf(each)
  if (worst.met === 'yes' && beside.length === 0) return { met: 'yes' }
  const met = each.some((one) => one.met !== 'no') ? 'perhaps' : 'no'
  const filled: readonly Uncertainty[] = worst.met === 'perhaps' ? ['not-known-here'] : []
  const contested = answer.outcome === 'contested' ? [answer.contestedBy ?? 'creation-order'] : []
  const because = [...contested, ...filled, ...beside]
  const parts = worst.parts.map(({ part }) => part)
  return { met, unmet: { kind: 'answer', answer, route: worst.route, parts, because } }
}

const distance: Readonly<Record<AsExpected, number>> = { yes: 0, perhaps: 1, no: 2 }

/** The first of those that are the farthest from what is expected. Of none there is none: that throws. */
function worstOf<T extends { readonly met: AsExpected }>(all: readonly T[]): T {
  return all.reduce((worst, each) => (distance[each.met] > distance[worst.met] ? each : worst))
}

/** What makes every answer uncertain that is given there. */
function besideAnswer(answer: Explanation, doubtful: Judging['doubtful']): readonly Uncertainty[] {
  const copies: readonly Uncertainty[] = answer.skipped.some(({ copy }) => copy === true) ? ['copies'] : []
  const refused: readonly Uncertainty[] = answer.refusal?.isCertain === false ? ['perhaps-refused'] : []
  return [...copies, ...refused, ...(doubtful.get(keyOfTable(answer))?.doubts ?? [])]
}

function doubtfulTables(meshes: readonly Mesh[]): ReadonlyMap<string, RouteTable> {
  const tables = meshes.flatMap((mesh) => mesh.tables).filter(({ doubts }) => doubts.length > 0)
  return new Map(tables.map((table) => [keyOfTable(table), table]))
}

function keyOfTable({ mesh, gateway, host = '' }: Pick<Explanation, 'mesh' | 'gateway' | 'host'>): string {
  return JSON.stringify([mesh, gateway, host])
}
