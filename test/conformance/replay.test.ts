import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { documented, sentenceOf, tableOf } from '../../conformance/documentation.ts'
import { readObjects, readRecording, readSubsets } from '../../conformance/frozen.ts'
import { replay } from '../../conformance/replay.ts'
import { mostSkips, skips } from '../../conformance/skips.ts'
import { misfound } from '../../conformance/subsets.ts'
import { misjudged } from '../../conformance/validation.ts'

/** The most telling pairs of each kind; at night, as by `npm run conformance`, all. */
const replayed = replay(process.env['LAWS'] === 'nightly' ? {} : { pairs: 5 })

it('we say what Istio and Envoy said, but for the known classes', () => {
  expect(replayed.unexplained.map(({ about, ours, theirs }) => ({ about, ours, theirs }))).toEqual([])
  expect(replayed.requests).toBeGreaterThan(1500)
  expect(replayed.witnesses).toBeGreaterThan(50)
})

it('we refuse what the webhook refuses, of objects with odd values, and nothing else', () => {
  const judged = readObjects().slice(0, process.env['LAWS'] === 'nightly' ? undefined : 200)
  const changed = judged.map((each) => ({ ...each, refused: !each.refused }))

  expect(misjudged(judged)).toEqual([])
  expect(misjudged(changed)).toHaveLength(changed.length)
  expect(judged.filter(({ refused }) => !refused).length).toBeGreaterThan(20)
})

it('pods have the subsets that we say they find, whatever the order of the DestinationRules', () => {
  const all = readSubsets().slice(0, process.env['LAWS'] === 'nightly' ? undefined : 60)
  const others = all.map((each) => ({
    ...each,
    found: each.found.map((one) => ({ ...one, subsets: one.subsets.length > 0 ? [] : ['v3'] })),
  }))

  expect(misfound(all)).toEqual([])
  expect(misfound(others).length).toBeGreaterThan(all.length)
  expect(all.some(({ found }) => found.some(({ subsets }) => subsets.length > 0))).toBe(true)
})

it('at most five classes are known, and there is an example of each', () => {
  expect(skips.length).toBeLessThanOrEqual(mostSkips)
  expect([...replayed.skipped.keys()].toSorted()).toEqual(skips.map((each) => each.class).toSorted())
})

it('README and docs/conformance.md say the figures of the recording', () => {
  const recording = readRecording()
  for (const [path, between] of [
    ['README.md', sentenceOf(recording)],
    ['docs/conformance.md', tableOf(recording)],
  ] as const) {
    const text = readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
    expect(text).toBe(documented(text, between))
  }
})
