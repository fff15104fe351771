/** Closes a `switch` over a union: a case that was forgotten is a type error, and throws if it is reached. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
