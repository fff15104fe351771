import { defineConfig } from 'vitest/config'

const nightly = process.env['LAWS'] === 'nightly'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: nightly ? 1_800_000 : 30_000,
    hookTimeout: 30_000,
    // All of a small machine: by default one of two cores would stand idle.
    maxWorkers: '100%',
  },
})
