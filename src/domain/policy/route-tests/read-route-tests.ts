import { budgets } from '../../budgets.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { headersByName } from '../../match/headers-by-name.ts'
import type { AskedRequest } from '../../routing/explain/explain-request.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { memoized } from '../../source/memoized.ts'
import { remembered } from '../../source/remembered.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { YamlDocument } from '../../source/yaml.ts'
import { entryOf, rangeOfEntry, type YamlNode } from '../../source/yaml-node.ts'
import { say } from '../../words/phrase.ts'
import { configurationMistake } from '../configuration/configuration-fault.ts'
import { diagnosticsOf } from '../configuration/configuration-issues.ts'
import { nodeAt, plainValue, type Step, spellPath } from '../configuration/configuration-values.ts'
import type { RouteTest } from './route-test.ts'
import { isObject, isRouteTestPath, routeTestDocuments, routeTestRule } from './route-test-files.ts'
import {
  routeTestListSchema,
  routeTestSchema,
  routeTestShape,
  type WrittenRouteTest,
} from './route-test-schema.ts'

/** The route tests of some files, and what keeps others from being read: a test that nobody can read passes nowhere. */
export interface ReadRouteTests {
  readonly tests: readonly RouteTest[]
  readonly mistakes: readonly Diagnostic[]
}

/** All route tests of one side, in the order of their paths; beyond the budget none is taken, and that is a mistake. */
export function readRouteTests(files: readonly SourceFile[]): ReadRouteTests {
  const sorted = files.filter(({ path }) => isRouteTestPath(path)).toSorted(byPath)
  const read = sorted.map(testsOfFile)
  const tests = read.flatMap((each) => each.tests)
  const mistakes = read.flatMap((each) => cappedMistakes(each.mistakes))
  const last = tests[budgets.routeTests.size]
  if (last === undefined) return { tests, mistakes }
  return { tests: tests.slice(0, budgets.routeTests.size), mistakes: [...mistakes, tooMany(last, tests)] }
}

function byPath(a: SourceFile, b: SourceFile): number {
  return compareTexts(a.path, b.path)
}

/** At most a hundred of one file are listed; the last one says how many more there are. */
function cappedMistakes(mistakes: readonly Diagnostic[]): readonly Diagnostic[] {
  const { size } = budgets.problems
  const last = mistakes[size - 1]
  if (last === undefined || mistakes.length === size) return mistakes
  const { rest: _, ...first } = last
  const more = mistakes.length - size + 1
  const clause = say`${more} more mistakes in route tests from here on`
  return [
    ...mistakes.slice(0, size - 1),
    { ...first, code: 'broken-route-test.more', values: [more], clause },
  ]
}

function tooMany({ range }: RouteTest, { length }: readonly RouteTest[]): Diagnostic {
  return {
    id: routeTestRule,
    severity: 'error',
    code: 'broken-route-test.too-many',
    values: [length],
    clause: say`${length} route tests are more than ${budgets.routeTests.size}`,
    rest: say`: those from here on are not run`,
    range,
  }
}

/** The tests of one file; one that is wrong does not hide the others. */
export const testsOfFile = memoized((file: SourceFile): ReadRouteTests => {
  const read = routeTestDocuments(file).map(testsOfDocument)
  return {
    tests: read.flatMap(({ tests }) => tests),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
  }
})

function testsOfDocument(document: YamlDocument): ReadRouteTests {
  const { root, diagnostics } = document
  const told = diagnostics.map((each): Diagnostic => ({ ...each, id: routeTestRule, severity: 'error' }))
  if (root === undefined) return { tests: [], mistakes: told }
  if (isObject(root)) return { tests: [], mistakes: [...told, objectAmongTests(root)] }
  const read = testsIn(root)
  return { ...read, mistakes: [...told, ...read.mistakes] }
}

function objectAmongTests({ range }: YamlNode): Diagnostic {
  return {
    id: routeTestRule,
    severity: 'error',
    code: 'broken-route-test.object',
    clause: say`An object of Kubernetes stands where route tests are expected`,
    rest: say`, so that it is read as a manifest`,
    todo: say`Move it to a file of another name`,
    range: { ...range, end: range.start },
  }
}

function testsIn(root: YamlNode): ReadRouteTests {
  const file = routeTestListSchema.safeParse(plainValue(root))
  const stray = file.success ? [] : mistakesOf(file.error.issues, root)
  const list = root.kind === 'map' ? entryOf(root, 'tests')?.value : undefined
  const items = list?.kind === 'sequence' ? list.items : []
  const read = items.map((item, index) => testOf(item, ['tests', index], root))
  return {
    tests: read.flatMap(({ tests }) => tests),
    mistakes: [...stray, ...read.flatMap(({ mistakes }) => mistakes)],
  }
}

const shape = remembered(routeTestShape)

type Issues = Parameters<typeof diagnosticsOf>[0]

function mistakesOf(issues: Issues, root: YamlNode): readonly Diagnostic[] {
  return diagnosticsOf(issues, root, shape).map((each) => ({ ...each, id: routeTestRule }))
}

function testOf(item: YamlNode, path: readonly Step[], root: YamlNode): ReadRouteTests {
  const parsed = routeTestSchema.safeParse(plainValue(item))
  if (!parsed.success) {
    const issues = plainest(parsed.error.issues).map((issue) => ({
      ...issue,
      path: [...path, ...issue.path],
    }))
    return { tests: [], mistakes: mistakesOf(issues, root) }
  }
  const test = parsed.data
  if ((test.request.url === undefined) === (test.request.host === undefined)) {
    const where = [...path, 'request']
    const mistake = configurationMistake('no-host', nodeAt(root, where).range, spellPath(where))
    return { tests: [], mistakes: [{ ...mistake, id: routeTestRule }] }
  }
  return { tests: [routeTest(test, item)], mistakes: [] }
}

/** Of an expectation whose only part is misspelled it is not said as well that it expects nothing. */
function plainest(issues: Issues): Issues {
  const isMisspelled = issues.some(({ code }) => code === 'unrecognized_keys')
  return isMisspelled ? issues.filter(({ message }) => message !== 'nothing-expected') : issues
}

/** The test stands where its name does: what is said of it is shown there. */
function routeTest({ name, why, request, expect, allow }: WrittenRouteTest, item: YamlNode): RouteTest {
  const at = item.kind === 'map' ? entryOf(item, 'name') : undefined
  const asked = requestOf(request)
  const perhaps = allow === 'perhaps'
  return {
    name,
    ...(why !== undefined && { why }),
    request: asked,
    expect,
    perhaps,
    range: at === undefined ? item.range : rangeOfEntry(at),
    key: canonicalJson({ request: asked, expect, perhaps }),
  }
}

type WrittenRequest = WrittenRouteTest['request']

function requestOf(written: WrittenRequest): AskedRequest {
  const { method, gateway, mesh, sni, client } = written
  const { host, ...headers } = headersByName(written.headers ?? {})
  const { scheme, authority, port, path } = addressOf(written)
  return {
    method: method.toUpperCase(),
    scheme,
    authority: host ?? authority,
    path: withQuery(path, written.query ?? {}),
    headers,
    ...(port !== undefined && { port }),
    ...(gateway !== undefined && { gateway }),
    ...(mesh !== undefined && { mesh }),
    ...(sni !== undefined && { sni }),
    ...(client?.labels && { sourceLabels: client.labels }),
    ...(client?.namespace !== undefined && { sourceNamespace: client.namespace }),
  }
}

interface Address {
  readonly scheme: string
  readonly authority: string
  readonly path: string
  readonly port?: number | undefined
}

/** What is written apart from the URL goes before it. */
function addressOf({ url, host = '', path, scheme, port }: WrittenRequest): Address {
  const found = /^(?<scheme>https?):\/\/(?<name>.*?)(?::(?<port>[0-9]{1,5}))?(?<path>\/.*)?$/is.exec(
    url ?? '',
  )?.groups
  if (found === undefined) {
    const [, name = host, digits] = /^(.*?)(?::([0-9]{1,5}))?$/.exec(host) ?? []
    const at = port ?? numberOf(digits)
    return { scheme: scheme ?? (at === 443 ? 'https' : 'http'), authority: name, path: path ?? '/', port: at }
  }
  const { name = '' } = found
  return {
    scheme: scheme ?? (found['scheme'] ?? 'http').toLowerCase(),
    authority: name,
    path: path ?? found['path'] ?? '/',
    port: port ?? numberOf(found['port']),
  }
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return pairs.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`
}
