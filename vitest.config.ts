import { statSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { shuffleWords } from './test/wording/shuffle-words.ts'

const nightly = process.env['LAWS'] === 'nightly'

/** These hold no state of the process: no server, no network that is shut, no environment. */
const pure = ['test/domain/**/*.test.ts', 'test/report/**/*.test.ts']

/** These start servers and processes of their own and end them; nothing of the process itself is changed. */
const stories = ['attacks', 'end-to-end', 'commands', 'simulator'].map((room) => `test/${room}/**/*.test.ts`)

/** These load the sources a second time, in other words. */
const wording = ['test/wording/**/*.test.ts']

/** These answer for GitHub in the process itself, and open the network again after each test. */
const network = [
  'test/github/!(webhook-door).test.ts',
  'test/github/*/*.test.ts',
  'test/git/{bounded-cache,diff-trees,listing,map-concurrently,read-files}.test.ts',
  'test/queue/memory-queue.test.ts',
  'test/app/{check-*,read-proposal,weigh-pushes,worker}.test.ts',
  'test/bot.test.ts',
]

/** What takes longest, from the first: a long file that starts last would run alone. */
const longest = [/\/end-to-end\//, /\.laws\./, /\/attacks\//, /\/simulator\//]

function rankOf({ moduleId }: TestSpecification): number {
  const rank = longest.findIndex((pattern) => pattern.test(moduleId))
  return rank === -1 ? longest.length : rank
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const size = new Map(files.map((file) => [file, statSync(file.moduleId).size]))
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || (size.get(b) ?? 0) - (size.get(a) ?? 0))
  }
}

export default defineConfig({
  test: {
    // The last resort: stories wait as long as something happens (test/support/progressing.ts), on machines that may do
    // other things besides, and what computes cannot be interrupted anyway.
    testTimeout: nightly ? 1_800_000 : 900_000,
    hookTimeout: 900_000,
    // All of a small machine: by default one of two cores would stand idle.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      // To load the same modules once more for each file takes longer than most of these tests.
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'stories', include: stories, isolate: false } },
      { extends: true, test: { name: 'network', include: network, isolate: false } },
      {
        extends: true,
        plugins: [shuffleWords(import.meta.dirname)],
        test: { name: 'wording', include: wording },
      },
      {
        extends: true,
        test: {
          name: 'shell',
          include: ['test/**/*.test.ts'],
          exclude: [...pure, ...stories, ...network, ...wording],
        },
      },
    ],
  },
})
