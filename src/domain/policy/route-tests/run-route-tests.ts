import type { Doubt } from '../../doubt.ts'
import { identityOf } from '../../manifest/names.ts'
import { createExplainer } from '../../routing/explain/explain-request.ts'
import type { Explanation } from '../../routing/explain/explanation.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { EffectiveRoute, RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { type AsExpected, all, unmetParts } from './answered-as-expected.ts'
import type { Expectation, RouteTest } from './route-test.ts'

/** Why an answer is not certain. */
export type Uncertainty =
  | 'creation-order'
  | 'filled-in'
  | 'perhaps-service'
  | 'server-order'
  | 'perhaps-refused'
  | 'copies'
  | 'not-known-here'
  | Doubt

/** What keeps one answer from being as expected. */
export interface Unmet {
  readonly answer: Explanation
  /** The possible answer that is not as expected. */
  readonly route: EffectiveRoute | 'no-route'
  readonly parts: readonly (keyof Expectation)[]
  readonly because: readonly Uncertainty[]
}

/** What became of a test. */
export interface RouteTestResult {
  readonly test: RouteTest
  /** `perhaps`: it is as expected in some of the ways in which it may be. */
  readonly verdict: 'passed' | 'perhaps' | 'failed'
  readonly passes: boolean
  /** What answers the request, at each gateway of each mesh that was asked. */
  readonly answers: readonly Explanation[]
  /** Why it is not as expected, or not surely. */
  readonly unmet?: Unmet
  /** The gateway or mesh that the test names and nobody knows. */
  readonly stranger?: string
}

/** Runs tests against the tables of one side, by the evaluator that answers `explain`. */
export function routeTestRunner(
  meshes: readonly Mesh[],
  settings: IstioSettings,
): (test: RouteTest) => RouteTestResult {
  const explainer = createExplainer(meshes, settings)
  const names = new Map(meshes.map((mesh) => [mesh.name, gatewaysOf(mesh)]))
  const doubtful = doubtfulTables(meshes)
  return (test) => {
    const stranger = strangerIn(test, names)
    if (stranger !== undefined) return { test, verdict: 'failed', passes: false, answers: [], stranger }
    const answers = explainer.explain(test.request)
    const judged = answers.map((answer) => judgedAnswer(test, answer, { settings, doubtful }))
    return { test, answers, ...verdictOf(test, judged) }
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

interface Judged {
  readonly met: AsExpected
  readonly unmet?: Unmet
}

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
  const mets = each.map(({ met }) => met)
  const mixed: AsExpected = mets.includes('yes') || mets.includes('perhaps') ? 'perhaps' : 'no'
  const met = mets.every((one) => one === 'yes') && beside.length === 0 ? 'yes' : mixed
  const worst = each.find((one) => one.met === 'no') ?? each.find((one) => one.met === 'perhaps') ?? each[0]
  if (met === 'yes' || worst === undefined) return { met }
  const filled: readonly Uncertainty[] = worst.met === 'perhaps' ? ['not-known-here'] : []
  const contested = answer.outcome === 'contested' ? [contestOf(answer)] : []
  const because = [...contested, ...filled, ...beside]
  return { met, unmet: { answer, route: worst.route, parts: worst.parts.map(({ part }) => part), because } }
}

function contestOf({ unknownValues, unknownService, unknownServers }: Explanation): Uncertainty {
  if (unknownValues === true) return 'filled-in'
  if (unknownService === true) return 'perhaps-service'
  return unknownServers === true ? 'server-order' : 'creation-order'
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

/** The worst of all answers decides. */
function verdictOf(
  { perhaps }: RouteTest,
  judged: readonly Judged[],
): Pick<RouteTestResult, 'verdict' | 'passes' | 'unmet'> {
  const worst = judged.find(({ met }) => met === 'no') ?? judged.find(({ met }) => met === 'perhaps')
  if (worst?.unmet === undefined) return { verdict: 'passed', passes: true }
  const verdict = worst.met === 'no' ? 'failed' : 'perhaps'
  return { verdict, passes: verdict === 'perhaps' && perhaps, unmet: worst.unmet }
}
