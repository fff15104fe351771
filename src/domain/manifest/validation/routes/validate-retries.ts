import { rangeOf } from '../../../source/located.ts'
import type { HTTPRoute } from '../../virtual-service.ts'
import { type Problem, refused } from '../problem.ts'
import { checkDuration } from '../values/check-duration.ts'

/** Envoy's `x-envoy-retry-on` and `x-envoy-retry-grpc-on`. */
const policies = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
])

/** Statuses that Go's `http.StatusText` knows: what Istio takes as a number in `retryOn`. */
function isKnownStatus(text: string): boolean {
  if (!/^[+-]?\d{1,10}$/.test(text)) return false
  const status = Number(text)
  return (
    (status >= 100 && status <= 103) ||
    (status >= 200 && status <= 208) ||
    status === 226 ||
    (status >= 300 && status <= 308 && status !== 306) ||
    (status >= 400 && status <= 418) ||
    (status >= 421 && status <= 431 && status !== 427 && status !== 430) ||
    status === 451 ||
    (status >= 500 && status <= 511 && status !== 509)
  )
}

/** `retries` (Istio `validateHTTPRetry`). Spaces after the commas of `retryOn` are part of the names, as there. */
export function validateRetries(retries: HTTPRoute['retries']): readonly Problem[] {
  if (retries === undefined) return []
  return [
    ...validateAttempts(retries),
    ...checkDuration('perTryTimeout', retries.perTryTimeout, rangeOf(retries, 'perTryTimeout')),
    ...validateRetryOn(retries),
    ...checkDuration('backoff', retries.backoff, rangeOf(retries, 'backoff')),
  ]
}

type Retries = NonNullable<HTTPRoute['retries']>

function validateAttempts(retries: Retries): readonly Problem[] {
  const attempts = retries.attempts ?? 0
  if (typeof attempts === 'string') return []
  if (attempts < 0) return [refused('attempts', rangeOf(retries, 'attempts'), attempts)]
  const idle = (['perTryTimeout', 'retryOn', 'retryRemoteLocalities'] as const).find(
    (field) => retries[field] !== undefined,
  )
  if (attempts > 0 || idle === undefined) return []
  return [refused('attempts-idle', rangeOf(retries, idle), idle)]
}

function validateRetryOn(retries: Retries): readonly Problem[] {
  const { retryOn = '' } = retries
  if (retryOn === '') return []
  const unknown = [...new Set(retryOn.split(','))].filter(
    (policy) => !policies.has(policy) && !isKnownStatus(policy),
  )
  return unknown.map((policy) => {
    const spaced = policies.has(policy.trim()) || isKnownStatus(policy.trim())
    return refused(spaced ? 'retry-policy-spaced' : 'retry-policy', rangeOf(retries, 'retryOn'), policy)
  })
}
