/** What the user asked for cannot be done: one line that says what, why and what to do instead. Ends with exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** Whether something was not made since something of that name is there. */
export function isThereAlready(error: unknown): boolean {
  return codeOf(error) === 'EEXIST'
}

/** Why something could not be read, in the words of the system without its codes and stacks. */
export function causeOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'there is no such file or directory'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    case 'EISDIR':
      return 'it is a directory'
    case 'ENOTDIR':
      return 'a part of its path is no directory'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
