import { parseArgs } from 'node:util'
import { startServer } from '../../src/server.ts'
import { type CountedCalls, countCalls, timeBurst } from '../../test/support/counted-calls.ts'

const { values } = parseArgs({
  options: {
    manifests: { type: 'string', default: '2000' },
    burst: { type: 'string' },
    mirror: { type: 'string' },
    cache: { type: 'string' },
  },
})

/** How many calls of GitHub's API one evaluation takes, by route. */
async function printCalls(): Promise<void> {
  const { mirror, cache } = values
  const cases = await countCalls(Number(values.manifests), startServer, {
    ...(mirror !== undefined && { mirrors: { directory: mirror, path: process.env['PATH'] ?? '' } }),
    ...(cache !== undefined && { cacheDirectory: cache }),
  })
  for (const [name, { total, byRoute }] of Object.entries<CountedCalls>({ ...cases })) {
    console.log(`${name}: ${total}`)
    for (const [route, count] of byRoute) console.log(`  ${String(count).padStart(5)} ${route}`)
  }
}

/** How long many pull requests at once wait for GitHub's pace. */
async function printBurst(count: number): Promise<void> {
  const { verdicts, over } = await timeBurst(count, startServer)
  const [first, half, last] = verdicts
  console.log(
    `${count} pull requests: first verdict ${first} s, half ${half} s, last ${last} s; all said ${over} s`,
  )
}

await (values.burst === undefined ? printCalls() : printBurst(Number(values.burst)))
