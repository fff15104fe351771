import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { generatedTests } from '../domain/policy/route-tests/generated-tests.ts'
import { readRouteTests } from '../domain/policy/route-tests/read-route-tests.ts'
import { coverageOf } from '../domain/policy/route-tests/route-coverage.ts'
import { isRouteTestPath } from '../domain/policy/route-tests/route-test-files.ts'
import { routeTestRunner } from '../domain/policy/route-tests/run-route-tests.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import { visible, visibleJson } from '../domain/words/visible.ts'
import { routeTestsJson } from '../report/page/json/route-tests-json.ts'
import { junit } from '../report/page/junit.ts'
import { allPass, type RanTests } from '../report/page/ran-tests.ts'
import { routeTestsText } from '../report/page/text/route-tests-text.ts'
import { counted } from '../report/print/counted.ts'
import { defaultsMeaning, defaultsOption } from './given/given-defaults.ts'
import { snapshotMeaning, snapshotOption } from './given/given-snapshots.ts'
import { type GivenOptions, readGiven, storeOfDirectory } from './given/read-directory.ts'
import { type LoneSide, loneSideOf, readSide } from './given/read-snapshot.ts'
import { examples } from './help.ts'
import type { End, ExitCode, Terminal } from './terminal.ts'
import { causeOf, isThereAlready, UserError } from './user-error.ts'

const formats = ['text', 'json', 'junit'] as const

interface TestOptions extends GivenOptions {
  readonly coverage?: boolean
  readonly generate?: string
  readonly overwrite?: boolean
  readonly format: (typeof formats)[number]
}

const exits = `
Exit codes:
  0  every test passes, or tests were written
  1  a test does not pass or cannot be read, or there is none
  2  an option is wrong, or a path cannot be read
`

/** `firebreak test`: whether requests are answered as those who have them say. */
export function addTest(program: Command, terminal: Terminal, end: End): void {
  program
    .command('test')
    .description('run the route tests that lie beside the manifests (*.firebreak-test.yaml)')
    .argument('[dir]', 'a directory with manifests', '.')
    .option('--coverage', 'say which routes no test comes to')
    .option('--generate <file>', 'write a test for each route as it is answered today, and run none')
    .option('--overwrite', 'let --generate take the place of a file that is there')
    .option(snapshotOption, snapshotMeaning)
    .option(defaultsOption, defaultsMeaning)
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
    .addHelpText(
      'after',
      examples({
        'firebreak test mesh --coverage': 'run them, and see which routes nobody tests',
        'firebreak test --format junit > report.xml': 'for a build server',
        'firebreak test --generate all.firebreak-test.yaml': 'what is answered today, as tests',
      }) + exits,
    )
    .action(async (directory: string, options: TestOptions) => {
      end(await test(directory, options, terminal))
    })
}

async function test(directory: string, options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.overwrite === true && options.generate === undefined)
    throw new UserError('--overwrite says something of --generate FILE, which is not there.')
  const given = await readGiven(options, terminal)
  const side = await readSide(await storeOfDirectory(directory, terminal), terminal, given)
  const lone = loneSideOf(side, terminal)
  if (options.generate !== undefined) return generate(options.generate, options, lone, terminal)
  const { meshes } = lone.snapshot
  const { tests, mistakes } = readRouteTests(side.looked.files)
  terminal.doing('Running route tests')
  const results = tests.map(routeTestRunner(meshes, lone.policy.istio))
  const coverage = options.coverage === true ? { coverage: coverageOf(meshes, results) } : {}
  const ran = { results, mistakes, ...coverage }
  terminal.write(render(ran, options.format, terminal))
  return allPass(ran) ? 0 : 1
}

function render(ran: RanTests, format: TestOptions['format'], terminal: Terminal): string {
  switch (format) {
    case 'text':
      return routeTestsText(ran, terminal)
    case 'json':
      return `${visibleJson(routeTestsJson(ran), 2)}\n`
    case 'junit':
      return junit(ran)
    default:
      return assertNever(format)
  }
}

async function generate(
  file: string,
  { overwrite }: TestOptions,
  { snapshot, policy }: LoneSide,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!isRouteTestPath(file))
    throw new UserError(`--generate ${file} is no name of route tests: end it with .firebreak-test.yaml.`)
  terminal.doing('Looking for a request to each route')
  const { text, tests, without } = generatedTests(snapshot.meshes, policy.istio)
  const flag = overwrite === true ? 'w' : 'wx'
  await writeFile(resolve(terminal.directory, file), text, { flag }).catch((error: unknown) => {
    const why = isThereAlready(error)
      ? 'is there already; --overwrite replaces it'
      : `cannot be written: ${causeOf(error)}`
    throw new UserError(`--generate ${file} ${why}.`)
  })
  const left =
    without.length === 0
      ? ''
      : `; no request is known that surely comes to ${counted(without.length, 'other route')}`
  terminal.write(`${counted(tests, 'route test')} written to ${visible(file)}${left}\n`)
  return 0
}
