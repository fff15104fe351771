import { defineConfig } from 'rolldown'

/** What the command line needs comes with it, for one file opens faster than hundreds; what serves GitHub and Redis stays a package. */
export default defineConfig({
  input: {
    cli: 'src/cli.ts',
    server: 'src/server.ts',
    'judging-thread': 'src/judging/thread.ts',
    'progress-thread': 'src/commands/progress-thread.ts',
  },
  platform: 'node',
  external: /^(?:probot|@octokit\/|bullmq|ioredis|prom-client)/,
  output: { dir: 'dist', cleanDir: true, sourcemap: true, minify: true, chunkFileNames: '[name]-[hash].js' },
})
