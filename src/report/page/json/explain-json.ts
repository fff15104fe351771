import type { Refusal } from '../../../domain/access/refusal.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import type { AskedRequest } from '../../../domain/routing/explain/explain-request.ts'
import type { Explanation, Skipped } from '../../../domain/routing/explain/explanation.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../../domain/routing/route-table.ts'
import { rangeOf } from '../../../domain/source/located.ts'
import { memoized } from '../../../domain/source/memoized.ts'
import { positionOf, type SourceRange } from '../../../domain/source/source-file.ts'
import { skippedWords } from '../../../domain/terms/dropped-words.ts'
import { bareText } from '../../../domain/words/phrase.ts'
import { visibleJson } from '../../../domain/words/visible.ts'

/**
 * One answer of `explain` for programs: a line of the `firebreak/1` contract, without its end. Most of it is the same
 * places over and over, so they are written once.
 */
export function explainLine(request: AskedRequest, answer: Explanation): string {
  const head = visibleJson({ request, ...answerJson(answer) })
  return `${head.slice(0, -1)},"skipped":[${answer.skipped.map(skippedText).join()}]}`
}

/** The answer by itself, without why the earlier routes do not. */
export function answerJson({ mesh, gateway, host, outcome, route, refusal, possible }: Explanation): object {
  return {
    mesh,
    gateway,
    ...(host !== undefined && { host }),
    outcome,
    ...(route && routeJson(route)),
    ...(refusal && { [refusal.isCertain ? 'refusedBy' : 'perhapsRefusedBy']: refusedByJson(refusal) }),
    ...(possible && { possible: possible.map((each) => (each === 'no-route' ? null : routeJson(each))) }),
  }
}

function refusedByJson({ by, reason }: Refusal): readonly object[] {
  return by.map((policy) => {
    const range = rangeOf(policy, 'name')
    const line = range === undefined ? null : positionOf(range).line
    return { policy: identityOf(policy), reason, file: policy.file.path, line }
  })
}

function routeJson(route: EffectiveRoute): object {
  const range = rangeOf(writtenEntryOf(route))
  return {
    virtualService: route.outcome.supplier,
    primary: identityOf(route.from.primary),
    file: supplierOf(route).file.path,
    line: range === undefined ? null : positionOf(range).line,
    action: route.outcome.action,
  }
}

function skippedText(skipped: Skipped): string {
  const { range } = skipped
  const because = bareText(skippedWords(skipped))
  return `{${range === undefined ? '"file":null,"line":null' : placeText(range)},"because":${visibleJson(because)}}`
}

const placeText = memoized((range: SourceRange): string => {
  const { file, line } = positionOf(range)
  return `"file":${visibleJson(file)},"line":${line}`
})
