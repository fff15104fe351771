import { defineConfig } from 'vitest/config'
import { shuffleWords } from './test/wording/shuffle-words.ts'

const nightly = process.env['LAWS'] === 'nightly'

/** These hold no state of the process: no server, no network that is shut, no environment. */
const pure = ['test/domain/**/*.test.ts', 'test/report/**/*.test.ts']

/** These start servers and processes of their own and end them; nothing of the process itself is changed. */
const stories = ['attacks', 'end-to-end', 'commands', 'simulator'].map((room) => `test/${room}/**/*.test.ts`)

/** These load the sources a second time, in other words. */
const wording = ['test/wording/**/*.test.ts']

export default defineConfig({
  test: {
    // Stories of one file run together, on machines that may do other things besides.
    testTimeout: nightly ? 1_800_000 : 90_000,
    hookTimeout: 90_000,
    // All of a small machine: by default one of two cores would stand idle.
    maxWorkers: '100%',
    projects: [
      // To load the same modules once more for each file takes longer than most of these tests.
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'stories', include: stories, isolate: false } },
      {
        extends: true,
        plugins: [shuffleWords(import.meta.dirname)],
        test: { name: 'wording', include: wording },
      },
      {
        extends: true,
        test: { name: 'shell', include: ['test/**/*.test.ts'], exclude: [...pure, ...stories, ...wording] },
      },
    ],
  },
})
