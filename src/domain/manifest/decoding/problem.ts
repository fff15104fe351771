import type { Because } from '../../source/diagnostic.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { Phrase } from '../../words/phrase.ts'
import type { Sentence } from '../../words/sentence.ts'
import { told } from '../../words/told.ts'
import type { ManifestDiagnostic } from '../manifests.ts'

/** What Istio's validation says about one place of an object: an error is refused, a warning admitted. */
export interface Problem extends Sentence {
  readonly severity: 'error' | 'warning'
  readonly range?: SourceRange | undefined
  readonly todo?: Phrase | undefined
  readonly because?: readonly Because[] | undefined
  /** Istio lets it pass; who comes behind does not. */
  readonly admitted?: true
}

type Rest = Pick<Problem, 'todo' | 'because'>

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
  const { severity, clause, rest, range, todo, because, admitted } = problem
  return {
    id: 'invalid-manifest',
    severity,
    clause,
    ...(rest && { rest }),
    resource,
    ...(range && { range }),
    ...(todo && { todo }),
    ...(because && { because }),
    ...(severity === 'error' && admitted !== true && { admission: 'rejected' }),
  }
}
