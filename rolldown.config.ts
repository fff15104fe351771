import { defineConfig } from 'rolldown'

/** What runs in a page that is kept or sent: one script that asks nobody. */
export const pageOptions = {
  input: new URL('src/browser/main.ts', import.meta.url).pathname,
  platform: 'browser',
  output: { file: 'dist/browser/page.js', format: 'iife', minify: true },
} as const

/** What the command line needs comes with it, for one file opens faster than hundreds; what serves GitHub and Redis stays a package. */
export default defineConfig([
  {
    input: {
      cli: 'src/cli.ts',
      server: 'src/server.ts',
      'judging-thread': 'src/judging/thread.ts',
      'progress-thread': 'src/commands/progress-thread.ts',
    },
    platform: 'node',
    external: /^(?:probot|@octokit\/|bullmq|ioredis|prom-client|rolldown|\.\.\/rolldown)/,
    output: {
      dir: 'dist',
      cleanDir: true,
      sourcemap: true,
      minify: true,
      chunkFileNames: '[name]-[hash].js',
    },
  },
  pageOptions,
])
