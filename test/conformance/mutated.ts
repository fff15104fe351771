import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { mutations } from './mutations.ts'

/** Loaded before the program: the engine is the real one but for the mutation that `MUTATION` numbers. */
const mutation = mutations[Number(process.env['MUTATION'])]
if (mutation === undefined) throw new Error('MUTATION names none')
const { file, from, to } = mutation
const path = new URL(`../../${file}`, import.meta.url)
const text = readFileSync(path, 'utf8')
if (text.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`)

registerHooks({
  load: (url, context, next) =>
    url === path.href
      ? { format: 'module-typescript', source: text.replace(from, () => to), shortCircuit: true }
      : next(url, context),
})
