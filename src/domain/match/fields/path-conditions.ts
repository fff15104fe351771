import { commonPrefix } from '../../language/common-prefix.ts'
import { exactlyIgnoringCase, startingWithIgnoringCase } from '../../language/string-set.ts'
import { present } from '../../language/values.ts'
import { outerOf } from '../../manifest/filled-in-under.ts'
import { isUnknownValue, patternOf } from '../../manifest/placeholders.ts'
import type { HTTPMatchRequest, StringMatch } from '../../manifest/virtual-service.ts'
import type { Constraint } from './match-field.ts'
import { regexConstraint, unknownText } from './string-constraints.ts'

/** What a match asks of the path as far as a literal can say it. */
export interface PathLiteral {
  readonly kind: 'exact' | 'prefix'
  readonly text: string
}

/** The literal that says nothing: every path starts with it. */
export const everyPath: PathLiteral = { kind: 'prefix', text: '' }

interface PathConditions {
  readonly path: PathLiteral
  readonly constraints: readonly Constraint[]
}

/** What `uri` and `ignoreUriCase` ask of the path: a literal, and what no literal can say. */
export function pathConditions({ uri, ignoreUriCase }: HTTPMatchRequest): PathConditions {
  const own = ownConditions(uri, ignoreUriCase)
  const outer = uri && outerOf(uri)
  if (outer === undefined) return own
  const given = ownConditions(outer, ignoreUriCase)
  return {
    path: own.path.kind === 'exact' || own.path.text.startsWith(given.path.text) ? own.path : given.path,
    constraints: [...given.constraints, ...own.constraints],
  }
}

function ownConditions(uri: StringMatch | undefined, ignoreUriCase = false): PathConditions {
  if (uri?.regex !== undefined) {
    const constraint = regexConstraint('path', uri.regex)
    return { path: literalStartOf(constraint), constraints: [constraint] }
  }
  const text = uri?.exact ?? uri?.prefix
  if (text === undefined) return { path: everyPath, constraints: [] }
  const kind = uri?.exact === undefined ? 'prefix' : 'exact'
  if (isUnknownValue(text))
    return {
      path: ignoreUriCase ? everyPath : knownStart(text),
      constraints: [unknownText('path', kind, text)],
    }
  if (!ignoreUriCase) return { path: { kind, text }, constraints: [] }
  const values = kind === 'exact' ? exactlyIgnoringCase(text) : startingWithIgnoringCase(text)
  return { path: everyPath, constraints: [['path', present(values)]] }
}

/** Of a path that another tool fills in only how it begins is known. */
function knownStart(text: string): PathLiteral {
  return { kind: 'prefix', text: patternOf(text)[0] ?? '' }
}

/** The longest literal that every path of the language starts with: it keeps patterns apart without looking at them. */
function literalStartOf([dimension, values]: Constraint): PathLiteral {
  return dimension === 'path' ? { kind: 'prefix', text: commonPrefix(values.present) } : everyPath
}
