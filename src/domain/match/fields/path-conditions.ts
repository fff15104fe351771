import { commonPrefix } from '../../language/common-prefix.ts'
import { regexStart } from '../../language/regex.ts'
import { exactlyIgnoringCase, startingWithIgnoringCase, type Work } from '../../language/string-set.ts'
import { present } from '../../language/values.ts'
import { outerOf } from '../../manifest/placeholders/filled-in-under.ts'
import { isUnknownValue, patternOf } from '../../manifest/placeholders/placeholders.ts'
import type { HTTPMatchRequest, StringMatch } from '../../manifest/virtual-service.ts'
import type { Constraint } from './match-field.ts'
import { regexConstraints, unknownText } from './string-constraints.ts'

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
export function pathConditions({ uri, ignoreUriCase = false }: HTTPMatchRequest, work: Work): PathConditions {
  const own = ownConditions(uri, ignoreUriCase, work)
  const outer = uri && outerOf(uri)
  if (outer === undefined) return own
  const given = ownConditions(outer, ignoreUriCase, work)
  return {
    path: own.path.kind === 'exact' || own.path.text.startsWith(given.path.text) ? own.path : given.path,
    constraints: [...given.constraints, ...own.constraints],
  }
}

function ownConditions(uri: StringMatch | undefined, ignoreUriCase: boolean, work: Work): PathConditions {
  if (uri?.regex !== undefined) {
    const constraints = regexConstraints('path', uri, work)
    return { path: literalStartOf(uri.regex, constraints), constraints }
  }
  const text = uri?.exact ?? uri?.prefix
  if (text === undefined) return { path: everyPath, constraints: [] }
  const kind = uri?.exact === undefined ? 'prefix' : 'exact'
  if (isUnknownValue(text))
    return {
      path: ignoreUriCase ? everyPath : knownStart(text),
      constraints: [unknownText('path', kind, uri ?? {})],
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
function literalStartOf(pattern: string, constraints: readonly Constraint[]): PathLiteral {
  const values = constraints.find(([dimension]) => dimension === 'path')?.[1]
  if (values !== undefined) return { kind: 'prefix', text: commonPrefix(values.present) }
  return isUnknownValue(pattern) ? everyPath : { kind: 'prefix', text: regexStart(pattern) }
}
