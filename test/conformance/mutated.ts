import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import type { ReplayOptions } from '../../conformance/replay.ts'
import { type Mutation, mutations } from './mutations.ts'

/**
 * Run by itself: replays the most telling pairs with an engine that is the real one but for one mutation, each in turn, and last
 * without any. One line for each says how many differences the first pair has that has some.
 */
const current = { mutation: -1 }
Object.assign(globalThis, { conformance: current })

const byFile = Map.groupBy(
  mutations.entries(),
  ([, { file }]) => new URL(`../../${file}`, import.meta.url).href,
)

registerHooks({
  load: (url, context, next) => {
    const own = byFile.get(url)
    if (own === undefined) return next(url, context)
    const source = own.reduce(withChoice, readFileSync(new URL(url), 'utf8'))
    return { format: 'module-typescript', source, shortCircuit: true }
  },
})

/** The same text, in which an expression is another one while the mutation is on. */
function withChoice(text: string, [index, { file, from, to }]: readonly [number, Mutation]): string {
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`)
  return text.replace(from, () => `(globalThis.conformance.mutation === ${index} ? (${to}) : (${from}))`)
}

const { replay } = await import('../../conformance/replay.ts')

function differencesWith(mutation: number, which: ReplayOptions): void {
  current.mutation = mutation
  process.stdout.write(`${replay({ failFast: true, ...which }).unexplained.length}\n`)
}

for (const [mutation, { kind }] of mutations.entries())
  differencesWith(mutation, { kinds: [kind], pairs: 20 })
differencesWith(-1, { pairs: 1 })
