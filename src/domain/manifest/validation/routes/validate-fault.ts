import { type Located, rangeOf } from '../../../source/located.ts'
import { knownNumber } from '../../placeholders/placeholders.ts'
import type { Fault, Percent } from '../../virtual-service.ts'
import { type Problem, refused, warned } from '../problem.ts'
import { checkDuration } from '../values/check-duration.ts'

const grpcStatuses = new Set([
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
])

/** `fault`: something to inject, with a percentage that Envoy can express (Istio `validateHTTPFaultInjection`). */
export function validateFault(fault: Fault | undefined): readonly Problem[] {
  if (fault === undefined) return []
  const { abort, delay } = fault
  const isEmpty = abort === undefined && delay === undefined
  return [
    ...(isEmpty ? [refused('fault-empty', rangeOf(fault))] : []),
    ...(abort === undefined ? [] : validateAbort(abort)),
    ...(delay === undefined ? [] : validateDelay(delay)),
  ]
}

type Abort = NonNullable<Fault['abort']>

function validateAbort(abort: Abort): readonly Problem[] {
  return [...validatePercentage(abort.percentage), ...validateAbortType(abort)]
}

function validateAbortType(abort: Abort): readonly Problem[] {
  const status = knownNumber(abort.httpStatus)
  if (status !== undefined) return checkHttpStatus(status, abort, 'httpStatus')
  const name = abort.grpcStatus
  if (name !== undefined) {
    if (grpcStatuses.has(name)) return []
    return [refused('grpc-status', rangeOf(abort, 'grpcStatus'), name)]
  }
  if (abort.http2Error !== undefined) return [refused('http2-error', rangeOf(abort, 'http2Error'))]
  return [warned('abort-nothing', rangeOf(abort))]
}

/** Istio takes 200 to 600. */
export function checkHttpStatus(status: number, parent: Located, field: string): readonly Problem[] {
  if (status >= 200 && status <= 600) return []
  return [refused('status', rangeOf(parent, field), status)]
}

function validateDelay(delay: NonNullable<Fault['delay']>): readonly Problem[] {
  return [
    ...validatePercentage(delay.percentage),
    ...checkDuration('fixedDelay', delay.fixedDelay, rangeOf(delay, 'fixedDelay')),
    ...(delay.exponentialDelay === undefined
      ? []
      : [refused('exponential-delay', rangeOf(delay, 'exponentialDelay'))]),
  ]
}

function validatePercentage(percentage: Percent | undefined): readonly Problem[] {
  const value = knownNumber(percentage?.value) ?? 0
  if (value === 0 || (value >= 0.0001 && value <= 100)) return []
  return [refused('fault-percentage', percentage && rangeOf(percentage, 'value'), value)]
}
