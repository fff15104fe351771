import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const required = process.env['REQUIRE_CHROMIUM'] === '1'
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Without a browser on the machine there is nothing to look with; REQUIRE_CHROMIUM=1 makes that a failure. */
export const noChromium = !existsSync(executablePath) && !required

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args })
}
