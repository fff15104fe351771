import { parseArgs } from 'node:util'
import { startServer } from '../../src/server.ts'
import { type CountedCalls, countCalls } from '../../test/support/counted-calls.ts'

/** How many calls of GitHub's API one evaluation takes, by route. */
const { values } = parseArgs({
  options: { manifests: { type: 'string', default: '2000' }, mirror: { type: 'string' } },
})
const settings =
  values.mirror === undefined
    ? {}
    : { mirrors: { directory: values.mirror, path: process.env['PATH'] ?? '' } }
const cases = await countCalls(Number(values.manifests), startServer, settings)
for (const [name, { total, byRoute }] of Object.entries<CountedCalls>({ ...cases })) {
  console.log(`${name}: ${total}`)
  for (const [route, count] of byRoute) console.log(`  ${String(count).padStart(5)} ${route}`)
}
