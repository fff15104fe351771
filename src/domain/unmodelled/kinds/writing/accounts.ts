import type { JsonValue } from '../../../manifest/json.ts'
import { mayBeNamespace } from '../../../manifest/names.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Setting, Subject, Target } from '../../reach.ts'
import { type Grant, isGivenTo, type Running, readBy, runningIn, tokenIn } from '../../reading/accounts.ts'

/** The rights to write objects of the mesh under which something is run, as far as bindings here give them. */
function grantsOf(running: Running, subject: Subject, setting: Setting): readonly Grant[] {
  const writing = setting.grants.filter(({ isWriting }) => isWriting)
  const { namespace } = subject
  return writing.length === 0
    ? []
    : namesOf(running, subject, setting).flatMap((name) =>
        writing.filter((each) => isGivenTo(each, { name, namespace })),
      )
}

/** The accounts that it is: its own, and those whose tokens it reads. */
function namesOf(running: Running, { namespace }: Subject, setting: Setting): readonly string[] {
  const read = readBy(running)
  const taken = read.size === 0 ? [] : setting.tokens.filter(({ name }) => read.has(name))
  const there = taken.filter((each) => mayBeNamespace(each.namespace, namespace))
  return [...new Set([running.account, ...there.map(({ account }) => account)])]
}

function withRights(subject: Subject, setting: Setting): readonly Running[] {
  return runningIn(subject.body).filter((each) => grantsOf(each, subject, setting).length > 0)
}

function decides(subject: Subject, setting: Setting): JsonValue | undefined {
  const running = withRights(subject, setting)
  return running.length === 0 ? undefined : running.map(({ account, runs }) => [account, runs])
}

function whereOf({ isOfAll, namespace }: Grant, { rootNamespaces }: Setting): Target {
  return isOfAll || rootNamespaces.has(namespace ?? '')
    ? { kind: 'everybody' }
    : { kind: 'residents', namespace }
}

function reach(subject: Subject, setting: Setting): readonly Target[] {
  return withRights(subject, setting)
    .flatMap((each) => grantsOf(each, subject, setting))
    .map((each) => whereOf(each, setting))
}

/** Texts that something with such rights is given: its scripts may stand in them. */
function textsDecide(subject: Subject, setting: Setting): JsonValue | undefined {
  const { data = null, stringData = null, binaryData = null } = subject.body
  return readers(subject, setting).length === 0 ? undefined : [data, stringData, binaryData]
}

function readers({ name, namespace }: Subject, { readers: all }: Setting): readonly Grant[] {
  return all.flatMap((each) =>
    each.reads.has(name) && [each.namespace, undefined].includes(namespace) ? each.grants : [],
  )
}

/** The account whose token a Secret holds: whoever reads it is that account. */
function grantsByToken(subject: Subject, { grants }: Setting): readonly Grant[] {
  const { namespace } = subject
  return tokenIn(subject).flatMap(({ account: name }) =>
    grants.filter((each) => each.isWriting && isGivenTo(each, { name, namespace })),
  )
}

/** Who may write objects of the mesh by the rights of its account does so, whatever program it is. */
export const accounts: readonly KindEntry[] = [
  { group: '*', decides, reach, partial: true, quiet: true, quietIfGone: true },
  {
    group: '',
    kinds: ['ConfigMap', 'Secret'],
    decides: textsDecide,
    reach: (subject, setting) => readers(subject, setting).map((each) => whereOf(each, setting)),
    partial: true,
    quiet: true,
    quietIfGone: true,
  },
  {
    group: '',
    kinds: ['Secret'],
    decides: (subject, setting) =>
      grantsByToken(subject, setting).length === 0
        ? undefined
        : (subject.annotations['kubernetes.io/service-account.name'] ?? ''),
    reach: (subject, setting) => grantsByToken(subject, setting).map((each) => whereOf(each, setting)),
    partial: true,
    quiet: true,
    quietIfGone: true,
  },
]
