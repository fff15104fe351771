import type { Disagreement } from './compare.ts'
import { comparePair } from './compare.ts'
import type { KubernetesObject, MeshPair } from './mesh.ts'
import { nameOf } from './mesh.ts'
import type { Oracles } from './oracles.ts'

type Json = Readonly<Record<string, unknown>>

/** So many are asked at once. */
const batch = 16

/** The same disagreement about as little as possible: whatever can be left out of both sides is, one after the other. */
export async function shrink(disagreement: Disagreement, oracles: Oracles): Promise<Disagreement> {
  let smallest = disagreement
  let next = 0
  for (;;) {
    const pairs = smallerPairs(smallest.pair).slice(next, next + batch)
    if (pairs.length === 0) return smallest
    const found = await firstThatHolds(smallest, pairs, oracles)
    next += found?.index ?? pairs.length
    smallest = found?.disagreement ?? smallest
  }
}

interface Held {
  readonly index: number
  readonly disagreement: Disagreement
}

async function firstThatHolds(
  { asked, about }: Disagreement,
  pairs: readonly MeshPair[],
  oracles: Oracles,
): Promise<Held | undefined> {
  const requests = asked === undefined ? [] : [asked]
  const answers = await oracles.ask(pairs.map((pair) => ({ pair, asked: requests })))
  for (const [index, pair] of pairs.entries()) {
    const said = answers[index]
    if (said === undefined || said.refused.base.length + said.refused.merged.length > 0) continue
    const disagreement = comparePair(pair, requests, { answers: said }).disagreements.find(
      (each) => each.about === about,
    )
    if (disagreement !== undefined) return { index, disagreement }
  }
  return undefined
}

/** Large steps first. */
function smallerPairs(pair: MeshPair): readonly MeshPair[] {
  const objects = [...pair.base, ...pair.merged].filter(({ kind }) => kind !== 'Service')
  const names = [...new Set(objects.map(nameOf))]
  const onBoth = (change: (objects: readonly KubernetesObject[]) => readonly KubernetesObject[]) => ({
    ...pair,
    base: change(pair.base),
    merged: change(pair.merged),
  })
  const alone = [
    { ...pair, base: pair.merged },
    { ...pair, merged: pair.base },
  ].filter(() => JSON.stringify(pair.base) !== JSON.stringify(pair.merged))
  const without = names.map((name) => onBoth((objects) => objects.filter((each) => nameOf(each) !== name)))
  const simpler = names.flatMap((name) => {
    const written = objects.filter((each) => nameOf(each) === name)
    return written.flatMap((object) =>
      smallerSpecs(object.spec).map((spec) =>
        onBoth((objects) => objects.map((each) => (isSame(each, object) ? { ...each, spec } : each))),
      ),
    )
  })
  return [...alone, ...without, ...simpler]
}

function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  return nameOf(a) === nameOf(b) && JSON.stringify(a.spec) === JSON.stringify(b.spec)
}

/** One element of a list, or one field, less; at any depth. */
function smallerSpecs(value: Json): readonly Json[] {
  return smaller(value) as readonly Json[]
}

const kept = ['name', 'destination', 'port', 'protocol', 'number', 'route']

function smaller(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    const shorter = list.length > 1 ? list.map((_, index) => list.toSpliced(index, 1)) : []
    return [...shorter, ...list.flatMap((each, index) => smaller(each).map((one) => list.with(index, one)))]
  }
  if (typeof value !== 'object' || value === null) return []
  const fields = Object.entries(value)
  const fewer = fields
    .filter(([name]) => !kept.includes(name))
    .map(([name]) => Object.fromEntries(fields.filter(([other]) => other !== name)))
  const inner = fields.flatMap(([name, each]) => smaller(each).map((one) => ({ ...value, [name]: one })))
  return [...fewer, ...inner]
}
