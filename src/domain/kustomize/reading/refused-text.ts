import type { YamlDocument } from '../../source/yaml.ts'
import type { YamlFaultCode } from '../../source/yaml-fault.ts'
import { bareText } from '../../words/phrase.ts'
import { wholeOf } from '../../words/sentence.ts'
import { type FaultCode, fail } from '../fault.ts'
import { exceed } from '../limits.ts'

/** What Kustomize may read although our reader refuses it, for it reads otherwise than it looks. */
const doubtful: ReadonlySet<YamlFaultCode> = new Set(['line-break', 'byte-order-mark'])

/** Ends the build for a document that cannot be read: as a limit of ours, where Kustomize may still read it. */
export function refuse(
  document: YamlDocument,
  code: Extract<FaultCode, 'invalid-yaml' | 'invalid-kustomization'> = 'invalid-yaml',
): never {
  const [fault] = document.diagnostics
  const range = fault?.range ?? document.range
  if (document.overLimit === true) return exceed('yaml', range)
  // Of a kustomization directives are read, of a resource they are not.
  const isRead = fault?.code === 'directive' && code === 'invalid-kustomization'
  if (isRead || (fault?.code !== undefined && doubtful.has(fault.code))) return exceed('doubtful-text', range)
  return fail(code, range, fault === undefined ? '' : bareText(wholeOf(fault)))
}
