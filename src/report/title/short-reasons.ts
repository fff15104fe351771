import type { Reason } from '../../domain/policy/decision.ts'
import { type Phrase, say, words } from '../../domain/words/phrase.ts'
import { shortFinding } from './short-findings.ts'

const byCode: Readonly<Partial<Record<Reason['code'], string>>> = {
  'name-taken': 'a name of theirs is taken',
  'namespace-entered': 'a namespace of theirs is entered',
  'host-claimed': 'a host of theirs is claimed',
  'service-claimed': 'a service of theirs is claimed',
  'gateway-host-claimed': 'a Gateway claims a host of theirs',
  'filled-in': 'a name or host is filled in by another tool',
  'perhaps-one-cluster': 'two clusters may be one',
  'snapshot-changed': 'a snapshot of the cluster is changed',
  'mesh-renamed': 'a mesh is renamed',
  'new-cluster': 'a cluster is new',
}

const byKind: Readonly<Record<Exclude<Reason['kind'], 'rule'>, string>> = {
  judge: 'what decides about changes is changed',
  identity: 'what is theirs is claimed',
  resource: 'a resource of theirs changes',
  traffic: 'requests of theirs may change',
}

/** The same for a title in which not even that has room. */
export function shorterReason(reason: Reason): Phrase {
  const changed = reason.finding?.kind?.split('/').at(-1)
  return changed === undefined ? shortReason(reason) : say`1 ${changed} changes`
}

/** Why somebody is asked, without any name: for a title in which no name has room. */
export function shortReason({ kind, code, finding }: Reason): Phrase {
  const known = byCode[code]
  if (known !== undefined) return words(known)
  if (kind !== 'rule') return words(byKind[kind])
  const changed = finding?.kind?.split('/').at(-1)
  return finding?.rule === 'unmodelled-change' && changed !== undefined
    ? say`1 ${changed} changes, which is not judged here`
    : words(finding === undefined ? 'a rule asks them' : shortFinding(finding.rule))
}
