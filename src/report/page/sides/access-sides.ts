import type { AccessPolicy } from '../../../domain/access/access-policy.ts'
import type { AccessFacts, MeshAccess } from '../../../domain/access/applied-policies.ts'
import { origin, rangeOf } from '../../../domain/source/located.ts'
import { positionOf, type SourceFile } from '../../../domain/source/source-file.ts'

/** A policy as JSON; the line of its name is 0 where it is not known. */
interface WrittenPolicy
  extends Pick<
    AccessPolicy,
    'name' | 'namespace' | 'action' | 'provider' | 'rules' | 'selector' | 'targets' | 'isIncomplete'
  > {
  readonly path: string
  readonly line: number
}

/** The policies of a mesh as JSON, and what says whom they are for. */
export interface WrittenAccess {
  readonly policies: readonly WrittenPolicy[]
  readonly facts: AccessFacts
}

/** Nothing where no policy refuses anything. */
export function writeAccess(access: MeshAccess | undefined): WrittenAccess | undefined {
  if (access === undefined || access.policies.length === 0) return undefined
  return { policies: access.policies.map(writePolicy), facts: access.facts() }
}

function writePolicy(policy: AccessPolicy): WrittenPolicy {
  const { name, namespace, action, provider, rules, selector, targets, isIncomplete, file } = policy
  const range = rangeOf(policy, 'name')
  return {
    ...{ name, action, provider, rules, selector, targets, isIncomplete },
    ...(namespace !== undefined && { namespace }),
    path: file.path,
    line: range === undefined ? 0 : positionOf(range).line,
  }
}

/** The same read again: of its files nothing is left but paths and the numbers of lines. */
export function readAccess({ policies, facts }: WrittenAccess): MeshAccess {
  const byPath = Map.groupBy(policies, ({ path }) => path)
  const files = new Map(
    [...byPath].map(([path, some]) => {
      const last = some.reduce((most, { line }) => Math.max(most, line), 0)
      return [path, { path, text: '\n'.repeat(last) }] as const
    }),
  )
  return { policies: policies.map((each) => readPolicy(each, files.get(each.path))), facts: () => facts }
}

function readPolicy(
  { path, line, ...policy }: WrittenPolicy,
  file: SourceFile = { path, text: '' },
): AccessPolicy {
  if (line === 0) return { ...policy, file }
  const range = { file, start: line - 1, end: line - 1 }
  return { ...policy, file, [origin]: { range, fields: new Map() } }
}
