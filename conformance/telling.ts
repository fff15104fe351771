import { hostMatches, isWildcard } from '../src/domain/manifest/names.ts'
import type { Frozen } from './frozen.ts'
import type { Asked, End, KubernetesObject } from './mesh.ts'

/** The same pairs, so that each adds as much as it can to what those before it show: a few from the start show most of it. */
export function mostTellingFirst(all: readonly Frozen[]): readonly Frozen[] {
  const left = new Map(all.map((each) => [each, shownBy(each)]))
  const seen = new Set<string>()
  const ordered: Frozen[] = []
  while (left.size > 0) {
    const [best] = [...left]
      .map(([frozen, shown]) => ({ frozen, adds: shown.difference(seen).size }))
      .toSorted((a, b) => b.adds - a.adds)
    if (best === undefined) break
    ordered.push(best.frozen)
    for (const each of left.get(best.frozen) ?? []) seen.add(each)
    left.delete(best.frozen)
  }
  return ordered
}

/** Which ends were seen on both sides, among which wildcards, and what the routes ask for that really answered. */
function shownBy({ pair, asked, answers }: Frozen): ReadonlySet<string> {
  const asks = new Map([...pair.base, ...pair.merged].flatMap(asksByName))
  const wayTo = (end: End) =>
    'route' in end
      ? end.route
          .split('.')
          .flatMap((name) => asks.get(name) ?? [])
          .toSorted()
          .join()
      : end.end
  const hosts = new Set(
    [...pair.base, ...pair.merged].flatMap(({ spec }) => (spec['hosts'] ?? []) as readonly string[]),
  )
  const hostsFor = ({ authority }: Asked) =>
    [...hosts]
      .filter((host) => isWildcard(host) && hostMatches(host, authority))
      .toSorted()
      .join()
  const [before, after] = [answers.before.map(wayTo), answers.after.map(wayTo)]
  return new Set([
    ...answers.refused.base,
    ...before,
    ...asked.map(
      (each, index) => `${hostsFor(each)} ${kindOf(answers.before[index])} ${kindOf(answers.after[index])}`,
    ),
    ...before.map(
      (from, index) =>
        `${kindOf(answers.before[index])} ${kindOf(answers.after[index])} ${from === after[index]}`,
    ),
  ])
}

function kindOf(end: End | undefined): string {
  return end === undefined ? '' : 'route' in end ? 'route' : end.end
}

interface Named {
  readonly name?: string
}

/** The fields that entries and matches ask for, by their names; a rule of a route asks as one. */
function asksByName({ kind, spec }: KubernetesObject): readonly (readonly [string, string])[] {
  if (kind === 'HTTPRoute' || kind === 'GRPCRoute') return asksOfRules(spec)
  const entries = (spec['http'] ?? []) as readonly (Named & { readonly match?: readonly Named[] })[]
  return entries.flatMap(({ name = '', match = [], ...does }) => [
    [name, `${Object.keys(does).toSorted()}`] as const,
    ...match.map(({ name: own = name, ...asks }) => [own, `${Object.keys(asks).toSorted()}`] as const),
  ])
}

interface RouteRule extends Named {
  readonly matches?: readonly { readonly path?: { readonly type?: string } }[]
}

function asksOfRules(spec: KubernetesObject['spec']): readonly (readonly [string, string])[] {
  const rules = (spec['rules'] ?? []) as readonly RouteRule[]
  return rules.map(({ name = '', matches = [], ...does }) => {
    const asks = matches.map(({ path, ...others }) => [path?.type ?? '', ...Object.keys(others)].join())
    return [name, [...Object.keys(does), ...asks].toSorted().join()] as const
  })
}
