import type { LeftOutOfTables, LeftOutReason } from '../../domain/routing/left-out-of-tables.ts'
import { type Phrase, say } from '../../domain/words/phrase.ts'

const whys: Readonly<Record<LeftOutReason, readonly [one: string, many: string, why: string]>> = {
  template: ['template', 'templates', 'rendered by another tool'],
  unreadable: ['file or object', 'files or objects', 'cannot be read'],
  excluded: ['file', 'files', 'excluded by the configuration'],
  part: ['file', 'files', 'a part of a kustomization, and nothing by itself'],
  assertion: ['file', 'files', 'only compared with by a test'],
  placeholder: ['VirtualService', 'VirtualServices', 'a name, host or gateway is filled in by another tool'],
  copy: ['VirtualService', 'VirtualServices', 'another of its name stands in the tables'],
  undelegated: ['VirtualService', 'VirtualServices', 'no hosts, and nobody here delegates to it'],
  'no-requests': ['VirtualService', 'VirtualServices', 'only routes of TCP or TLS, none of requests'],
  unserved: ['VirtualService', 'VirtualServices', 'no server of its gateways serves its hosts'],
  'other-kind': ['object', 'objects', 'of a kind that has no routes in these tables'],
}

/** One reason on a line: how many, why, and one of them. */
export function leftOutWords({ reason, count }: LeftOutOfTables): Phrase {
  const [one, many, why] = whys[reason]
  return say`${count} ${count === 1 ? one : many}: ${why}`
}
