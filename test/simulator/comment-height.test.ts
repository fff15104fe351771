import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../simulator/pages/markdown.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const required = process.env['REQUIRE_CHROMIUM'] === '1'
const golden = new URL('../report/golden/', import.meta.url).pathname
const styles = new URL('../../simulator/pages/styles/', import.meta.url).pathname

/** The comments of all stories, as they are written. */
const comments = readdirSync(golden)
  .map((name) => ({ name, path: `${golden}${name}/comment.expected.md` }))
  .filter(({ path }) => existsSync(path))
  .map(({ name, path }) => [name, readFileSync(path, 'utf8')] as const)
  .filter(([, text]) => text.startsWith('<!--'))

const style = readdirSync(styles)
  .map((name) => readFileSync(`${styles}${name}`, 'utf8'))
  .join('\n')

// Without a browser on the machine there is nothing to measure with; REQUIRE_CHROMIUM=1 makes that a failure.
describe.skipIf(!existsSync(executablePath) && !required)(
  'a comment as GitHub shows it (skipped where there is no Chromium)',
  () => {
    let browser: Browser
    let page: Page
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
      page = await browser.newPage({ viewport: { width: 830, height: 900 } })
    })
    afterAll(async () => {
      await browser?.close()
    })

    test.each(comments)(
      '%s is at most one screen of 620 pixels before anything is unfolded',
      async (_, text) => {
        const { html } = await renderMarkdown(text, {
          mention: () => undefined,
          reference: () => undefined,
          comment: true,
        })
        await page.setContent(`<style>${style}</style><div id="comment" style="width: 830px">${html}</div>`)
        const { height = 0 } = (await page.locator('#comment').boundingBox()) ?? {}

        expect(height).toBeGreaterThan(20)
        expect(height).toBeLessThanOrEqual(620)
      },
    )
  },
)
