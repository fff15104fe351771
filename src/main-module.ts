import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const oldest = [22, 18] as const

/** Whether a version of Node lacks what we need. */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1])
}

/**
 * Whether a module is the program that was started, by itself or by a link to it. A Node that is too old ends here: it would
 * leave out half, and what has looked at nothing must not end like what has found nothing.
 */
export function isStarted(url: string): boolean {
  const [, program] = process.argv
  if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return false
  if (!isTooOld(process.versions.node)) return true
  process.stderr.write(
    `error: Firebreak needs Node ${oldest.join('.')} or newer; this is ${process.version}.\n`,
  )
  process.exit(2)
}
