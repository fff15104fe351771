import type { Because } from '../../source/diagnostic.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { guessed, told } from '../../words/told.ts'
import type { ManifestDiagnostic } from '../manifests.ts'

/** What Istio's validation says about one place of an object: an error is refused, a warning admitted. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly range?: SourceRange | undefined
  readonly advice?: string | undefined
  readonly notes?: readonly Because[] | undefined
  /** Istio lets it pass; who comes behind does not. */
  readonly admitted?: true
}

type Rest = Pick<Problem, 'advice' | 'notes'>

/** A problem for which the webhook refuses the object. */
export function refused(message: string, range: SourceRange | undefined, rest: Rest = {}): Problem {
  return { severity: 'error', ...told(message), range, ...rest }
}

/** A problem that the webhook lets pass with a warning. */
export function warned(message: string, range: SourceRange | undefined, rest: Rest = {}): Problem {
  return { severity: 'warning', ...told(message), range, ...rest }
}

/** The problem as a finding of `invalid-manifest` on `resource`. */
export function diagnosticOf(problem: Problem, resource: string): ManifestDiagnostic {
  const { severity, message, range, advice, notes, admitted } = problem
  return {
    id: 'invalid-manifest',
    severity,
    ...told(message),
    resource,
    ...(range && { range }),
    ...(advice !== undefined && { todo: guessed(advice) }),
    ...(notes && { because: notes }),
    ...(severity === 'error' && admitted !== true && { admission: 'rejected' }),
  }
}
