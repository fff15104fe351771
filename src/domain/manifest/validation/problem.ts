import type { Mistake } from '../../source/diagnostic.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { Phrase } from '../../words/phrase.ts'
import type { ManifestDiagnostic, ManifestFaultCode } from '../manifests.ts'
import { type ValidationFaultCode, type ValuesOf, validationFault } from './validation-fault.ts'

/** What Istio's validation says about one place of an object: an error is refused, a warning admitted. */
export interface Problem extends Mistake<ManifestFaultCode> {
  readonly severity: 'error' | 'warning'
  readonly range?: SourceRange | undefined
  /** Istio lets it pass; who comes behind does not. */
  readonly admitted?: true
}

function problemsOf(kind: Pick<Problem, 'severity' | 'admitted'>) {
  return <Code extends ValidationFaultCode>(
    code: Code,
    range: SourceRange | undefined,
    ...values: ValuesOf<Code>
  ): Problem => ({ ...kind, range, ...validationFault(code, values) })
}

/** A problem for which the webhook refuses the object; the values are those of its code. */
export const refused = problemsOf({ severity: 'error' })

/** A problem that the webhook lets pass with a warning. */
export const warned = problemsOf({ severity: 'warning' })

/** A problem that Istio lets pass, and Envoy does not. */
export const admitted = problemsOf({ severity: 'error', admitted: true })

/** The same for a fault that was found elsewhere. */
export function refusedFor(
  fault: Mistake<ValidationFaultCode> | undefined,
  range: SourceRange | undefined,
): readonly Problem[] {
  return fault === undefined ? [] : [{ severity: 'error', range, ...fault }]
}

/** The problem with another place that it has to do with, where that is known. */
export function withPlace(problem: Problem, clause: Phrase, range: SourceRange | undefined): Problem {
  return range === undefined ? problem : { ...problem, because: [{ clause, range }] }
}

/** The problem as a finding on `resource`: of `invalid-manifest`, or of `rejected-by-proxy` where Istio lets it pass. */
export function diagnosticOf({ range, admitted, ...problem }: Problem, resource: string): ManifestDiagnostic {
  return {
    id: admitted === true ? 'rejected-by-proxy' : 'invalid-manifest',
    ...problem,
    resource,
    ...(range && { range }),
    ...(problem.severity === 'error' && admitted !== true && { admission: 'rejected' }),
  }
}
