import { isUnknownValue } from '../../manifest/placeholders/placeholders.ts'
import type { StringMatch } from '../../manifest/virtual-service.ts'

/** Whether another tool fills a matcher in. */
export function isFilledIn({ exact = '', prefix = '', regex = '' }: StringMatch): boolean {
  return isUnknownValue(exact) || isUnknownValue(prefix) || isUnknownValue(regex)
}

/**
 * Istio `stringMatchConflict`: whether the inner matcher is not textually within the outer one. What another tool fills in is
 * taken to agree: nothing can be said against it.
 */
export function stringConflict(outer: StringMatch | undefined, inner: StringMatch | undefined): boolean {
  if (outer === undefined || inner === undefined || isFilledIn(outer) || isFilledIn(inner)) return false
  const [exact, prefix, regex] = [outer.exact ?? '', outer.prefix ?? '', outer.regex ?? '']
  const [innerExact, innerPrefix, innerRegex] = [inner.exact ?? '', inner.prefix ?? '', inner.regex ?? '']
  const isSet = exact !== '' || prefix !== '' || regex !== ''
  const innerIsSet = innerExact !== '' || innerPrefix !== '' || innerRegex !== ''
  if ((regex !== '' && innerIsSet) || (innerRegex !== '' && isSet)) return true
  if (exact !== '') return innerPrefix !== '' || innerExact !== exact
  if (prefix !== '' && innerPrefix !== '') return !innerPrefix.startsWith(prefix)
  if (prefix !== '' && innerExact !== '') return !innerExact.startsWith(prefix)
  return true
}
