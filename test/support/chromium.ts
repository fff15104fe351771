import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Without a browser on the machine there is nothing to look with; REQUIRE_CHROMIUM=1 makes that a failure. */
export const hasChromium = existsSync(executablePath) || process.env['REQUIRE_CHROMIUM'] === '1'

/** The installed Chromium, which asks nobody by itself. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
