import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

/** The line, read from left to right: a file imports from its own room and from rooms to the left of it. */
const rooms: readonly (readonly string[])[] = [
  ['domain/words/'],
  [
    'domain/budget.ts',
    'domain/budgets-deployed.ts',
    'domain/budgets-forge.ts',
    'domain/budgets-shown.ts',
    'domain/budgets-traffic.ts',
    'domain/budgets.ts',
  ],
  ['domain/source/'],
  ['domain/language/'],
  ['domain/templates/'],
  ['domain/kustomize/'],
  ['domain/manifest/'],
  ['domain/doubt.ts'],
  ['domain/match/'],
  ['domain/access/', 'domain/gateway-api/'],
  ['domain/routing/'],
  ['domain/ownership/'],
  ['domain/diff/'],
  ['domain/terms/'],
  ['domain/reach/'],
  ['domain/unmodelled/'],
  ['domain/rules/'],
  ['domain/policy/'],
  ['domain/deployment/'],
  ['domain/assess.ts', 'domain/assumptions.ts', 'domain/taken-of-gateway-api.ts'],
  ['domain/ways-out/'],
  ['domain/traffic/'],
  ['domain/installation/'],
  ['report/print/'],
  ['report/sentences/'],
  ['report/title/'],
  ['report/page/'],
  ['report/github/'],
  ['app/'],
  ['git/'],
  ['github/'],
  ['helm/'],
  ['queue/'],
  ['records/'],
  ['traffic/'],
  ['judging/'],
  ['operations/'],
  ['settings.ts', 'package-file.ts', 'page-script.ts', 'main-module.ts'],
  ['setup/'],
  ['commands/'],
  ['browser/'],
  ['bot.ts', 'engine.ts', 'http-server.ts', 'server.ts', 'serve.ts', 'cli.ts', 'action.ts', 'index.ts'],
]

const outside = /^(?!domain\/|report\/)/

/** Each package has its door; `node:` stands for all of Node. */
const doors: readonly (readonly [string, RegExp])[] = [
  ['yaml', /^domain\/source\/settings\/settings-yaml\.ts$/],
  ['re2js', /^domain\/language\/regex\.ts$/],
  [
    'zod',
    /^domain\/policy\/|^github\/reading\/|^commands\/given\/api-options|^commands\/past\/kept-shape\.ts$/,
  ],
  ['diff', /^report\//],
  ['@dagrejs/dagre', /^report\/page\/graph\/layout\.ts$/],
  ['probot', outside],
  ['@octokit/', outside],
  ['bullmq', /^queue\/redis-queue\.ts$/],
  ['ioredis', /^queue\/redis-(?:queue|journal|ledger|newest-runs)\.ts$/],
  ['birpc', /^judging\//],
  ['prom-client', /^operations\/instruments\.ts$/],
  ['log-update', /^commands\/progress-thread\.ts$/],
  ['commander', outside],
  ['rolldown', /^page-script\.ts$/],
  ['wrap-ansi', /^report\/print\/screen\.ts$/],
  ['node:', outside],
]

/** `cli.ts` hands the environment on to Git, which finds its configuration and its programs by it. */
const readersOfTheEnvironment = ['settings.ts', 'cli.ts', 'action.ts']

/** The rooms of the local GitHub, a package of its own, from left to right; what lies beside them is its way in. */
const roomsOfTheSimulator: readonly (readonly string[])[] = [
  ['state/'],
  ['git/'],
  ['access/'],
  ['contract/'],
  ['present/'],
  ['behaviour/'],
  ['people/'],
  ['rest/'],
  ['graphql/'],
  ['pages/'],
  ['smart-http.ts', 'server.ts', 'simulator.ts'],
  ['index.ts'],
]

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

const texts = textsIn('src')
const files = [...texts.keys()]

function importsIn(text: string): readonly string[] {
  const statements =
    /^\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm
  return [...text.matchAll(statements)].map(([, a, b, c]) => a ?? b ?? c ?? '')
}

function importsOf(file: string): readonly string[] {
  return importsIn(texts.get(file) ?? '')
}

function roomOf(file: string, line = rooms): number {
  return line.findIndex((names) =>
    names.some((name) => file === name || (name.endsWith('/') && file.startsWith(name))),
  )
}

/** The files that a file imports, as paths from the folder in which it is named. */
function neighboursOf(file: string, text: string): readonly string[] {
  return importsIn(text)
    .filter((target) => target.startsWith('.'))
    .map((target) => normalize(join(dirname(file), target)))
}

it('every file lies in a room of the line', () => {
  expect(files.filter((file) => roomOf(file) === -1)).toEqual([])
})

it('imports go to the left only', () => {
  const wrong = [...texts].flatMap(([file, text]) =>
    neighboursOf(file, text)
      .filter((target) => target.endsWith('.ts') && roomOf(target) > roomOf(file))
      .map((target) => `${file} imports ${target}`),
  )

  expect(wrong).toEqual([])
})

it('the local GitHub has its own line, knows nothing outside, and its world imports its state alone', () => {
  const wrong = [...textsIn('simulator')].flatMap(([file, text]) => {
    const room = roomOf(file, roomsOfTheSimulator)
    return neighboursOf(file, text)
      .filter((target) => target.endsWith('.ts'))
      .filter((target) => {
        const other = roomOf(target, roomsOfTheSimulator)
        return room === -1 || other === -1 || other > room || (room === 0 && target.endsWith('/world.ts'))
      })
      .map((target) => `${file} imports ${target}`)
  })

  expect(wrong).toEqual([])
})

it('the local GitHub is entered by its door alone, but for its own tests', () => {
  const wrong = ['demo', 'bench', 'scripts', 'test'].flatMap((folder) =>
    [...textsIn(folder)]
      .filter(([file]) => !file.startsWith('simulator/'))
      .flatMap(([file, text]) =>
        neighboursOf(join(folder, file), text)
          .filter((target) => target.startsWith('simulator/'))
          .map((target) => `${folder}/${file} imports ${target}`),
      ),
  )

  expect(wrong).toEqual([])
})

it('each package is imported through its door only', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !target.startsWith('.'))
      .filter(
        (target) =>
          !doors.some(
            ([name, door]) =>
              (target === name || (/[/:]$/.test(name) && target.startsWith(name))) && door.test(file),
          ),
      )
      .map((target) => `${file} imports ${target}`),
  )

  expect(wrong).toEqual([])
})

it('the environment is read in one place', () => {
  const readers = files.filter((file) => (texts.get(file) ?? '').includes('process.env'))

  expect(readers.filter((file) => !readersOfTheEnvironment.includes(file))).toEqual([])
})

it('no file is longer than 300 lines', () => {
  expect(files.filter((file) => (texts.get(file) ?? '').split('\n').length > 301)).toEqual([])
})

/** Tests of a whole room, and what they hold it to. */
const aboutRooms: Readonly<Record<string, string>> = {
  'commands/charts.test.ts': 'every command shows what charts give, where they are rendered',
  'commands/deployed-together.test.ts': 'what a whole repository amounts to, layout by layout',
  'domain/deployment/guesses.laws.test.ts': 'what settles a guess ends it, and changes nothing',
  'commands/explained-witnesses.test.ts':
    'what check prints as a witness is a request that explain answers alike',
  'commands/judged-again.test.ts': 'what was judged before changes no byte of a verdict',
  'domain/diff/access/denied-changes.laws.test.ts':
    'changes of what policies refuse are what the interpreter says of both sides',
  'domain/deployment/layouts.laws.test.ts': 'the same mesh is judged alike, however it is laid out',
  'domain/policy/ways-around.test.ts': 'nobody gets around consent by moving, renaming or splitting',
  'domain/routing/effective-tables.test.ts': 'where requests land, statement by statement',
  'domain/rules/older-findings.laws.test.ts': 'nothing that is new hangs on looking for what is old',
  'domain/rules/rules.test.ts': 'the cases of every rule, and the catalogue itself',
  'operations/alerts.test.ts': 'alerts ask for what is exposed, and lead to what to do',
  'report/hostile.test.ts': 'names from manifests stay names, whatever they hold',
  'report/routes.test.ts': 'route tables as programs and people read them',
  'report/golden.test.ts': 'whole reports, read as prose',
  'report/huge.test.ts': 'reports stay within their limits',
  'report/scale.test.ts': 'forty teams read no more than two do',
}

it('a test lies where its source lies, or says which promise of the whole room it holds', () => {
  const mirrored = /^(?:domain|report|app|git|github|helm|queue|records|operations|commands)\//
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.test.ts') && mirrored.test(path),
  )
  const strays = tests.filter((path) => !texts.has(path.replace(/(?:\.[a-z]+)?\.test\.ts$/, '.ts')))

  expect(strays.filter((path) => !Object.hasOwn(aboutRooms, path))).toEqual([])
})

/** What a file can only be tested by is whatever it does: shapes alone do nothing. */
function doesSomething(text: string): boolean {
  return /^export (?:async )?(?:function|const)\b/m.test(text)
}

it('every file of diff and reach that does something has a test of its own', () => {
  const tested = new Set(
    filesIn('test').flatMap((path) => /^(.*?)(?:\.[a-z]+)?\.test\.ts$/.exec(path)?.[1] ?? []),
  )
  const untested = [...texts]
    .filter(([file, text]) => /^domain\/(?:diff|reach)\//.test(file) && doesSomething(text))
    .map(([file]) => file.replace(/\.ts$/, ''))
    .filter((file) => !tested.has(file))

  expect(untested).toEqual([])
})

it('what lays out pictures is loaded with what runs in a page, and by nothing else', () => {
  const loads = [...texts].filter(([, text]) => /^import (?!type )[^\n]*\/layout\.ts'/m.test(text))

  expect(loads.map(([file]) => file)).toEqual([])
  expect(texts.get('page-script.ts')).toContain("await import('./report/page/graph/layout.ts')")
})

it('workflows name what they use by its commit, which nobody can move', () => {
  const folder = '.github/workflows'
  const used = readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(
      ([, what = '']) => what,
    ),
  )

  expect(used.length).toBeGreaterThan(0)
  expect(used.filter((what) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/.test(what))).toEqual([])
})
