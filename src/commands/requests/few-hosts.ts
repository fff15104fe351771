import { budgets } from '../../domain/budgets.ts'
import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'

/** Requests of as many hosts as people read at once, and how many hosts are left. */
export interface FewHosts {
  readonly shown: readonly AskedRequest[]
  readonly more: number
}

/** Of one request at each of many hosts the first ones. */
export function fewHosts(asked: readonly AskedRequest[]): FewHosts {
  const shown = asked.slice(0, budgets.askedHosts.size)
  return { shown, more: asked.length - shown.length }
}

/** What is said of the hosts that are left; nothing where there are none. */
export function moreHosts(more: number, example: string): readonly string[] {
  return more === 0 ? [] : [`${more} more hosts: name one, such as ${example}.`]
}
