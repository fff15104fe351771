/** What the user asked for cannot be done: one line that says what, why and what to do instead. Ends with exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** Why something could not be read, in the words of the system without its codes and stacks. */
export function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
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
