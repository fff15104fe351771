import { areSame } from '../source/made-of.ts'
import type { Contribution, RouteTable } from './route-table.ts'

/** Whether two tables are made of the very same objects, so that every request is treated alike. What is only equal is not. */
export function areAlike(a: RouteTable, b: RouteTable): boolean {
  return Object.values(sameParts).every((compare) => compare(a, b))
}

/** The same of tables of two hosts of one side, of which each has a contribution where the other has it: read at the same place. */
export function areAlikeButForHost(a: RouteTable, b: RouteTable): boolean {
  const { host: _, ...others } = sameParts
  return Object.values(others).every((compare) => compare(a, b)) && areReadAlike(a, b)
}

function areReadAlike(a: RouteTable, b: RouteTable): boolean {
  return a.contributions.every(({ reading }, at) => {
    const other = b.contributions[at]?.reading
    return reading?.gateway === other?.gateway && reading?.server === other?.server
  })
}

type Compare = (a: RouteTable, b: RouteTable) => boolean

const fromContributions: Compare = () => true

/** The order of the routes, and what is dropped, follow from the contributions and from what was merged. */
const sameParts: Readonly<Record<keyof RouteTable, Compare>> = {
  mesh: (a, b) => a.mesh === b.mesh,
  gateway: (a, b) => a.gateway === b.gateway,
  host: (a, b) => a.host === b.host,
  ports: (a, b) => areSame(a.ports ?? [], b.ports ?? []),
  routes: fromContributions,
  dropped: fromContributions,
  contributions: (a, b) =>
    a.contributions.length === b.contributions.length &&
    a.contributions.every((each, at) => isSameContribution(each, b.contributions[at])),
  bound: (a, b) => areSame(a.bound, b.bound),
  terms: (a, b) => JSON.stringify([...a.terms]) === JSON.stringify([...b.terms]),
  surely: (a, b) => JSON.stringify(a.surely) === JSON.stringify(b.surely),
  doubts: (a, b) => a.doubts.length + b.doubts.length === 0,
}

function isSameContribution(a: Contribution, b: Contribution | undefined): boolean {
  return (
    b !== undefined &&
    a.virtualService === b.virtualService &&
    a.routes === b.routes &&
    a.regardless === b.regardless &&
    a.ofNoService === b.ofNoService &&
    a.level === b.level &&
    JSON.stringify(a.visibleTo) === JSON.stringify(b.visibleTo)
  )
}
