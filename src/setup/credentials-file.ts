import { closeSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

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
  /** The path that holds them in the end. */
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
    write(credentials) {
      writeFileSync(held, environmentOf(credentials))
      return overwrite ? replaced(held, path) : placed(held, path)
    },
    giveUp: () => rmSync(held, { force: true }),
  }
}

function replaced(held: string, path: string): string {
  renameSync(held, path)
  return path
}

/** A link fails where there is a file already, and then the credentials stay where they are. */
function placed(held: string, path: string): string {
  try {
    linkSync(held, path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return held
    throw error
  }
  rmSync(held)
  return path
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
