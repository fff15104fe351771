import { closeSync, constants, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** What GitHub gives for a code, once. */
interface Credentials {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  readonly webhookSecret: string
  readonly apiUrl: string
}

/** A place for credentials that nobody else can read, held until they come. */
export interface CredentialsFile {
  /** Where they are asked for. */
  readonly path: string
  /** The path that holds them in the end: another one where that which was asked for cannot be taken, for no key is made twice. */
  write(credentials: Credentials): string
  giveUp(): void
}

/**
 * Takes the place beside the file before anything is asked for, so that no key is made for which there is no room. Throws what the
 * system says, `EEXIST` where somebody else is at it.
 */
export function holdCredentialsFile(
  path: string,
  { overwrite }: { readonly overwrite: boolean },
): CredentialsFile {
  const held = `${path}.new`
  closeSync(openSync(held, 'wx', 0o600))
  return {
    path,
    write(credentials) {
      writePrivately(held, environmentOf(credentials))
      return moved(held, path, overwrite ? replace : place)
    },
    giveUp: () => rmSync(held, { force: true }),
  }
}

/** The place may be gone by then, or lead elsewhere. */
function writePrivately(path: string, text: string): void {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
  try {
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}

function moved(held: string, path: string, move: (held: string, path: string) => void): string {
  try {
    move(held, path)
    return path
  } catch {
    return held
  }
}

function replace(held: string, path: string): void {
  renameSync(held, path)
}

/** A link fails where there is a file already. */
function place(held: string, path: string): void {
  linkSync(held, path)
  rmSync(held)
}

/** In base64 the key is one word to a shell, to Node and to containers. */
function environmentOf({ appId, privateKey, webhookSecret, apiUrl }: Credentials): string {
  const lines = [
    `APP_ID=${appId}`,
    `PRIVATE_KEY=${Buffer.from(privateKey).toString('base64')}`,
    `WEBHOOK_SECRET=${webhookSecret}`,
    `GITHUB_API_URL=${apiUrl}`,
  ]
  return `${lines.join('\n')}\n`
}
