import { budgets } from '../../budgets.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { identityOf } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { type Pair, pairCopies } from './pair-copies.ts'

/** The VirtualServices and Gateways of one mesh on both sides, those of one identity included. */
export interface BothSides {
  readonly base: readonly Modelled[]
  readonly merged: readonly Modelled[]
}

/** The objects that a cluster would not have, were other copies the ones that live there. */
export interface LeftOut {
  readonly base: ReadonlySet<Modelled>
  readonly merged: ReadonlySet<Modelled>
}

/** What may live. */
export interface LivingCopies {
  /** One of these holds; the first is that of each identity the last by path lives. */
  readonly choices: readonly LeftOut[]
  /** These may hold as well, where objects that name no namespace are one and the same. */
  readonly others: readonly LeftOut[]
  /** Copies of which not every combination is among the choices: there were too many. */
  readonly untried: readonly Modelled[]
  /** The copies of each object of which it is not known which one lives. */
  readonly unsettled: readonly (readonly Modelled[])[]
}

/** Of either so many are tried at most. */
const mostTried = budgets.copies.size

/**
 * Several objects of one identity: a cluster keeps one of them, the same before and after where it is still there, and Git does not
 * say which. All the ways in which that can come out; where they are too many, enough of them that each copy lives in one. Copies
 * that are alike and of one owner are one. What another tool names is nobody's copy.
 */
export function livingCopies(sides: BothSides, ownerOf: (resource: Modelled) => string): LivingCopies {
  const named = groupsBy(sides, (each) =>
    isUnknown(identityOf(each)) ? undefined : JSON.stringify([each.kind, each.name]),
  )
  if (named.length === 0 || !isChanged(sides))
    return { choices: [nothingLeftOut], others: [], untried: [], unsettled: [] }
  const open = named
    .flatMap((group) => [
      ...groupsBy(group, ({ namespace }) => namespace).map((copies) => ({
        copies,
        all: alternativesOf(copies, ownerOf),
      })),
      ...rivals(group).map((copies) => ({
        copies,
        all: [nothingLeftOut, ...alternativesOf(copies, ownerOf)],
      })),
    ])
    .filter(({ all }) => all.length > 1)
  const alternatives = open.map(({ all }) => all.slice(0, mostTried))
  const count = open.reduce((product, { all }) => product * all.length, 1)
  const choices = count <= mostTried ? combined(alternatives) : inStep(alternatives)
  const unsure = named.filter(isUnsure)
  const others = inStep(unsure.map(alone)).slice(0, mostTried)
  const both = (copies: BothSides) => [...copies.base, ...copies.merged]
  const unsettled = [...open.map(({ copies }) => copies), ...unsure].map(both)
  const untried = count <= mostTried ? [] : open.flatMap(({ copies }) => both(copies))
  return { choices: choices.map(unite), others: others.map(unite), untried, unsettled }
}

const nothingLeftOut: LeftOut = { base: new Set(), merged: new Set() }

/** Those of which one side has several; of an absent key (an unknown namespace) any number may live. */
function groupsBy(
  { base, merged }: BothSides,
  keyOf: (resource: Modelled) => string | undefined,
): readonly BothSides[] {
  const [before, after] = [Map.groupBy(base, keyOf), Map.groupBy(merged, keyOf)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const group = { base: before.get(key) ?? [], merged: after.get(key) ?? [] }
    return key === undefined || (group.base.length < 2 && group.merged.length < 2) ? [] : [group]
  })
}

function isUnsure({ base, merged }: BothSides): boolean {
  return [...base, ...merged].some(({ namespace }) => namespace === undefined)
}

/**
 * Objects of one name without a namespace that want the same requests: the same host, or as secondaries to be delegated to. They may be
 * one object, or live side by side.
 */
function rivals(group: BothSides): readonly BothSides[] {
  const isUnknown = ({ namespace }: Modelled) => namespace === undefined
  const pairs = pairCopies(group.base.filter(isUnknown), group.merged.filter(isUnknown))
  const sets: Pair<Modelled>[][] = []
  for (const pair of pairs) {
    const wanted = new Set(wantedBy(pair))
    const met = sets.filter((set) => set.some((other) => wantedBy(other).some((each) => wanted.has(each))))
    for (const set of met) sets.splice(sets.indexOf(set), 1)
    sets.push([...met.flat(), pair])
  }
  return sets
    .filter(({ length }) => length > 1)
    .map((set) => ({
      base: set.flatMap(({ before }) => before ?? []),
      merged: set.flatMap(({ after }) => after ?? []),
    }))
}

function wantedBy({ before, after }: Pair<Modelled>): readonly string[] {
  return [before, after].flatMap((resource) => {
    if (resource?.kind !== 'VirtualService') return resource === undefined ? [] : ['']
    const { hosts = [] } = resource.spec
    return hosts.length === 0 ? [''] : hosts
  })
}

/** Each that changes by itself, as if it were the only one of its name. */
function alone(group: BothSides): readonly LeftOut[] {
  return pairCopies(group.base, group.merged)
    .filter(({ before, after }) => before && after && mayBeOne(before, after))
    .filter(isDifferent)
    .map((pair) => allBut(group, pair))
}

function mayBeOne(a: Modelled, b: Modelled): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace
}

function allBut({ base, merged }: BothSides, { before, after }: Pair<Modelled>): LeftOut {
  return {
    base: new Set(base.filter((each) => each !== before)),
    merged: new Set(merged.filter((each) => each !== after)),
  }
}

function isChanged({ base, merged }: BothSides): boolean {
  const textOf = (resource: Modelled) => `${resource.file.path}\n${normalForm(resource)}`
  const [before, after] = [base.map(textOf).sort(), merged.map(textOf).sort()]
  return before.length !== after.length || before.some((text, at) => text !== after[at])
}

/**
 * Which copy may live before, and which after: one that stays in its file is the same on both; one that leaves its file may leave
 * any of the others, and one that comes into a file may take the place of any, since files are applied in some order. What
 * changes comes first, but for the last by path.
 */
function alternativesOf(group: BothSides, ownerOf: (resource: Modelled) => string): readonly LeftOut[] {
  const { base, merged } = group
  const all = pairCopies(base, merged).flatMap((pair): readonly Pair<Modelled>[] => {
    if (pair.before?.file.path === pair.after?.file.path) return [pair]
    const comes = pair.after === undefined ? [] : base.map((before) => ({ ...pair, before }))
    const goes = pair.before === undefined ? [] : merged.map((after) => ({ ...pair, after }))
    return comes.length + goes.length === 0 ? [pair] : [...comes, ...goes]
  })
  const [before, after] = [base.at(-1), merged.at(-1)]
  const inOrder: readonly Pair<Modelled>[] = [
    { ...(before && { before }), ...(after && { after }) },
    ...all.filter(isDifferent),
    ...all.filter((pair) => !isDifferent(pair)),
  ]
  const meaning = (one: Modelled | undefined) => one && [normalForm(one), ownerOf(one)]
  const keyOf = (pair: Pair<Modelled>) => JSON.stringify([meaning(pair.before), meaning(pair.after)])
  const distinct = [...Map.groupBy(inOrder, keyOf).values()].flatMap(([first]) => first ?? [])
  return distinct.map((pair) => allBut(group, pair))
}

function isDifferent({ before, after }: Pair<Modelled>): boolean {
  return before === undefined || after === undefined || normalForm(before) !== normalForm(after)
}

/** Every alternative of each group with every one of the others. */
function combined(groups: readonly (readonly LeftOut[])[]): readonly (readonly LeftOut[])[] {
  return groups.reduce<readonly (readonly LeftOut[])[]>(
    (all, group) => all.flatMap((some) => group.map((each) => [...some, each])),
    [[]],
  )
}

/** The first alternatives of all groups, the second ones, and so on. */
function inStep(groups: readonly (readonly LeftOut[])[]): readonly (readonly LeftOut[])[] {
  const most = groups.reduce((length, group) => Math.max(length, group.length), 0)
  return Array.from({ length: most }, (_, step) =>
    groups.flatMap((group) => group[step] ?? group[0] ?? nothingLeftOut),
  )
}

function unite(all: readonly LeftOut[]): LeftOut {
  return {
    base: new Set(all.flatMap(({ base }) => [...base])),
    merged: new Set(all.flatMap(({ merged }) => [...merged])),
  }
}
