import { type Message, messageAt, numberAt, placeOf, textAt } from '../decoding/fields.ts'
import { type Problem, refused, warned } from '../decoding/problem.ts'
import { excerpt } from '../excerpt.ts'
import { checkDuration } from './check-duration.ts'

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
export function validateFault(fault: Message | undefined): readonly Problem[] {
  if (fault === undefined) return []
  const abort = messageAt(fault, 'abort')
  const delay = messageAt(fault, 'delay')
  const isEmpty = abort === undefined && delay === undefined
  return [
    ...(isEmpty ? [refused('A fault needs `abort`, `delay` or both', placeOf(fault))] : []),
    ...(abort === undefined ? [] : validateAbort(abort)),
    ...(delay === undefined ? [] : validateDelay(delay)),
  ]
}

function validateAbort(abort: Message): readonly Problem[] {
  return [...validatePercentage(messageAt(abort, 'percentage')), ...validateAbortType(abort)]
}

function validateAbortType(abort: Message): readonly Problem[] {
  const status = numberAt(abort, 'httpStatus')
  if (status !== undefined) return checkHttpStatus(status, abort, 'httpStatus')
  if (abort['grpcStatus'] !== undefined) {
    const name = textAt(abort, 'grpcStatus')
    if (grpcStatuses.has(name)) return []
    return [refused(`\`${excerpt(name)}\` is no gRPC status`, placeOf(abort, 'grpcStatus'))]
  }
  if (abort['http2Error'] !== undefined)
    return [refused('Istio cannot inject `http2Error`', placeOf(abort, 'http2Error'))]
  return [warned('The abort says not with which status, so it aborts nothing', placeOf(abort))]
}

/** Istio takes 200 to 600. */
export function checkHttpStatus(status: number, parent: Message, field: string): readonly Problem[] {
  if (status >= 200 && status <= 600) return []
  return [refused(`${status} is no HTTP status within 200 to 599`, placeOf(parent, field))]
}

function validateDelay(delay: Message): readonly Problem[] {
  const exponential = delay['exponentialDelay']
  return [
    ...validatePercentage(messageAt(delay, 'percentage')),
    ...checkDuration('fixedDelay', delay['fixedDelay'], placeOf(delay, 'fixedDelay')),
    ...(exponential === undefined
      ? []
      : [refused('Istio does not support `exponentialDelay`', placeOf(delay, 'exponentialDelay'))]),
  ]
}

function validatePercentage(percentage: Message | undefined): readonly Problem[] {
  const value = numberAt(percentage, 'value') ?? 0
  if (value === 0 || (value >= 0.0001 && value <= 100)) return []
  return [
    refused(`The percentage ${value} is neither 0 nor within 0.0001 to 100`, placeOf(percentage, 'value')),
  ]
}
