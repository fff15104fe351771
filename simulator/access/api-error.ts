/** One entry of `errors` in a 422: an object in GitHub's shape, or plain text where GitHub sends that. */
export type ErrorDetail =
  | string
  | { readonly resource: string; readonly field?: string; readonly code: string; readonly message?: string }

/** A refusal in GitHub's words; the server turns it into a response. */
export class ApiError extends Error {
  readonly status: number
  readonly errors: readonly ErrorDetail[]

  constructor(status: number, message: string, errors: readonly ErrorDetail[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

/** 404 in GitHub's words; also what it says to those who may not know that a thing exists. */
export function notFound(): ApiError {
  return new ApiError(404, 'Not Found')
}

/** 422 with the faulty field. */
export function invalidField(resource: string, field: string, message: string): ApiError {
  return new ApiError(422, 'Validation Failed', [{ resource, field, code: 'custom', message }])
}

/** 422 as the review endpoints send it: the errors are plain sentences. */
export function unprocessable(...errors: readonly string[]): ApiError {
  return new ApiError(422, 'Unprocessable Entity', errors)
}
