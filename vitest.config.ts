import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const nightly = process.env['LAWS'] === 'nightly'

/** Workers, and the servers and command lines that stories start, compile the same sources: once is enough for all. */
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/node')

/**
 * These hold no state of the process, neither its network nor its environment; servers and processes that they start
 * are their own, and they end them.
 */
const pure = [
  ...['attacks', 'conformance', 'domain', 'report', 'wording'].map((room) => `${room}/**/*`),
  ...['app/evaluate', 'architecture', 'settings'],
].map((name) => `test/${name}.test.ts`)

/** These start Git again and again, which costs a worker the more the larger it has become: they have workers of their own. */
const stories = [
  'commands/**/*',
  'end-to-end/**/*',
  'git/{branch-history,clone,directory,merge,merge-tree}',
  'simulator/**/*',
].map((name) => `test/${name}.test.ts`)

/** These answer for GitHub in the process itself, and open the network again after each test. */
const network = [
  'test/github/!(bodies|webhook-door).test.ts',
  'test/github/*/*.test.ts',
  'test/git/{bounded-cache,diff-trees,listing,map-concurrently,read-files}.test.ts',
  'test/queue/memory-queue.test.ts',
  'test/app/{check-*,weigh-pushes,reading/read-proposal,work/worker}.test.ts',
  'test/bot.test.ts',
]

/** The sources as Node itself reads them, like whoever runs them: compiled by Vite they are a fifth slower. */
const native = { viteModuleRunner: false, nodeLoader: false }

/** What is packed, released and installed is tried by itself (`npm run test:package`): it takes longer than most of the rest. */
const packed = ['test/package/**/*.test.ts', 'test/action.test.ts']
const isPacked = process.env['PACKAGE'] === '1'

/** Between two files of one project a worker keeps the modules that it has loaded; the next project begins with a new worker. */
const projects = ['shell', 'stories', 'pure', 'network']

/**
 * What takes longest, from the first: a long file that starts last would run alone. Among stories those first that start most
 * processes, while the worker is small.
 */
const longest = [
  /\/helm\//,
  /charts-rendered/,
  /\/commands\//,
  /\/git\//,
  /\/end-to-end\//,
  /\.laws\./,
  /\/attacks\//,
  /\/simulator\//,
]

function rankOf({ moduleId }: TestSpecification): number {
  const rank = longest.findIndex((pattern) => pattern.test(moduleId))
  return rank === -1 ? longest.length : rank
}

function turnOf({ project }: TestSpecification): number {
  return projects.indexOf(project.name)
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const size = new Map(files.map((file) => [file, statSync(file.moduleId).size]))
    return files.toSorted(
      (a, b) => turnOf(a) - turnOf(b) || rankOf(a) - rankOf(b) || (size.get(b) ?? 0) - (size.get(a) ?? 0),
    )
  }
}

export default defineConfig({
  test: {
    // The last resort: stories wait as long as something happens (test/support/progressing.ts), on machines that may do
    // other things besides, and what computes cannot be interrupted anyway.
    testTimeout: nightly ? 1_800_000 : 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 600_000 } },
    // All of a small machine: by default one of two cores would stand idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      // To load the same modules once more for each file takes longer than most of these tests.
      { extends: true, test: { name: 'pure', include: pure, isolate: false, experimental: native } },
      { extends: true, test: { name: 'stories', include: stories, isolate: false, experimental: native } },
      { extends: true, test: { name: 'network', include: network, isolate: false } },
      {
        extends: true,
        test: {
          name: 'shell',
          include: isPacked ? packed : ['test/**/*.test.ts'],
          exclude: isPacked ? [] : [...pure, ...stories, ...network, ...packed],
        },
      },
    ],
  },
})
