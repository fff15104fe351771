import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { BudgetExceeded, workOf } from '../../language/string-set.ts'
import type { Request } from '../../match/request.ts'
import { witnessOf } from '../../match/witness-request.ts'
import { arrivingWhole } from '../../reach/candidates.ts'
import { entryReaches, type WrittenRoute } from '../../reach/entry-reach.ts'
import { withoutCandidates } from '../../reach/first-answers.ts'
import { tableUniverse } from '../../reach/table-universe.ts'
import type { Action } from '../../routing/action.ts'
import { createExplainer, type Explainer } from '../../routing/explain/explain-request.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { EffectiveRoute } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { visibleJson } from '../../words/visible.ts'
import { testsOfFile } from './read-route-tests.ts'
import { keyOfRoute, type RouteOfTable, routesOfMesh } from './route-coverage.ts'
import type { Expectation } from './route-test.ts'
import { routeTestRunner } from './run-route-tests.ts'

/** A file of tests that pass today, one for each route, and the routes for which there is none. */
export interface GeneratedTests {
  readonly text: string
  readonly tests: number
  /** No request is known that surely comes to them. */
  readonly without: readonly RouteOfTable[]
}

interface Generated {
  readonly of: RouteOfTable
  readonly text: string
}

/** Writes what is answered today as tests. Each is read and run before it is written. */
export function generatedTests(meshes: readonly Mesh[], settings: IstioSettings): GeneratedTests {
  const explainer = createExplainer(meshes, settings)
  const manyMeshes = meshes.length > 1
  const made = meshes.flatMap((mesh) => testsOfMesh(mesh, { settings, explainer, manyMeshes }))
  const run = routeTestRunner(meshes, settings)
  const kept = made.filter(({ text }) => {
    const [test] = testsOfFile({ path: 'firebreak-tests.yaml', text: `tests:\n${text}` }).tests
    return test !== undefined && run(test).verdict === 'passed'
  })
  const covered = new Set(kept.map(({ of }) => keyOfRoute(of.table, of.route)))
  const without = meshes
    .flatMap(routesOfMesh)
    .filter(({ table, route }) => !covered.has(keyOfRoute(table, route)))
  const text = kept.length === 0 ? 'tests: []\n' : `tests:\n${kept.map((each) => each.text).join('')}`
  return { text, tests: kept.length, without }
}

interface Generating {
  readonly settings: IstioSettings
  readonly explainer: Explainer
  readonly manyMeshes: boolean
}

/** In the order of the tables. */
function testsOfMesh(mesh: Mesh, generating: Generating): readonly Generated[] {
  const options = conditionOptions(generating.settings)
  const reaches = entryReaches(mesh, options).flatMap(({ routes }) => routes)
  const byRoute = new Map(reaches.map((reach) => [keyOfRoute(reach.table, reach.route), reach]))
  const work = workOf('reachSets')
  return routesOfMesh(mesh).flatMap((of) => {
    const reach = byRoute.get(keyOfRoute(of.table, of.route))
    const universe = tableUniverse(of.table, mesh.tables, options)
    const request = reach && requestTo(reach, { universe, work })
    return request === undefined ? [] : testOf(of, request, generating)
  })
}

type Space = Parameters<typeof withoutCandidates>[2]

/** A request that comes to a route and that none before it takes; nothing where that would cost too much to find out. */
function requestTo({ candidate, before, table }: WrittenRoute, space: Space): Request | undefined {
  if (candidate === undefined) return undefined
  try {
    const whole = arrivingWhole(candidate, space)
    const boxes = whole === undefined ? [] : withoutCandidates([whole], before(), space)
    const { universe } = space
    const { host, ports } = table
    return witnessOf({ boxes, universe }, { host, universe, ...(ports && { ports }) })
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined
    throw error
  }
}

function testOf(of: RouteOfTable, request: Request, generating: Generating): readonly Generated[] {
  const { gateway, mesh } = of.table
  const [answer] = generating.explainer.explain({ ...request, gateway, mesh })
  const route = answer?.route
  if (route === undefined || answer === undefined) return []
  if (keyOfRoute(answer, route) !== keyOfRoute(of.table, of.route)) return []
  const asked = { ...written(request), gateway, ...(generating.manyMeshes && { mesh }) }
  return [{ of, text: lines(nameOf(request, route), asked, expectationOf(route)) }]
}

function nameOf({ method, authority, path }: Request, { outcome: { supplier } }: EffectiveRoute): string {
  return `${method} ${authority}${path} is answered by ${supplier}`
}

function written({ authority, sourceLabels, sourceNamespace, ...request }: Request): object {
  const { method, scheme, path, port, headers, sni } = request
  const client = {
    ...(sourceNamespace !== undefined && { namespace: sourceNamespace }),
    ...(sourceLabels && { labels: sourceLabels }),
  }
  return {
    ...(method !== 'GET' && { method }),
    host: authority,
    path,
    scheme,
    ...(port !== undefined && { port }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(sni !== undefined && { sni }),
    ...(Object.keys(client).length > 0 && { client }),
  }
}

function expectationOf({ outcome: { action, supplier } }: EffectiveRoute): Expectation {
  return { virtualService: supplier, ...expectedAction(action) }
}

function expectedAction(action: Action): Expectation {
  switch (action.kind) {
    case 'route':
      return {
        destinations: action.destinations.map(({ host = '', subset, port, weight }) => ({
          host,
          ...(subset !== undefined && { subset }),
          ...(typeof port === 'number' && { port }),
          ...(typeof weight === 'number' && action.destinations.length > 1 && { weight }),
        })),
      }
    case 'redirect': {
      const { scheme, authority, redirectCode } = action
      const uri = action.uri ?? action.prefixRewrite
      return {
        redirect: {
          ...(scheme !== undefined && { scheme }),
          ...(authority !== undefined && { authority }),
          ...(uri !== undefined && { uri }),
          ...(typeof redirectCode === 'number' && { code: redirectCode }),
        },
      }
    }
    case 'directResponse':
      return typeof action.status === 'number' ? { status: action.status } : {}
    case 'external':
    case 'none':
      return {}
  }
}

/** JSON is YAML, whatever a name holds. */
function lines(name: string, request: object, expect: Expectation): string {
  return `  - name: ${visibleJson(name)}\n    request: ${visibleJson(request)}\n    expect: ${visibleJson(expect)}\n`
}
