import { parseArgs } from 'node:util'
import { readObjects, readSubsets } from './frozen.ts'
import { replay } from './replay.ts'
import { misfound } from './subsets.ts'
import { misjudged } from './validation.ts'

/** `npm run conformance`: replays what Istio and Envoy said; 1 where we disagree. */
const { values } = parseArgs({ options: { 'fail-fast': { type: 'boolean', default: false } } })
const { pairs, requests, witnesses, skipped, unexplained } = replay({ failFast: values['fail-fast'] })
for (const { about, ours, theirs, asked } of unexplained.slice(0, 10))
  process.stdout.write(`${about}: we say ${ours}; Istio and Envoy: ${theirs}; ${JSON.stringify(asked)}\n`)
const known = [...skipped].map(([name, count]) => `${name} ${count}`).join(', ')
process.stdout.write(
  `${pairs} pairs of meshes, ${requests} requests, ${witnesses} witnesses: ${unexplained.length} differences; known: ${known || 'none'}\n`,
)
const objects = readObjects()
const wrong = misjudged(objects)
process.stdout.write(`${objects.length} objects with odd values: ${wrong.length} are judged otherwise\n`)
const rules = readSubsets()
const astray = misfound(rules)
process.stdout.write(`${rules.length} meshes of DestinationRules: ${astray.length} pods have other subsets\n`)
process.exitCode = unexplained.length + wrong.length + astray.length > 0 ? 1 : 0
