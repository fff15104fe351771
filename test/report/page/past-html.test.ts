import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Past, PastChange, PastVerdict } from '../../../src/report/page/past-change.ts'
import { pastHtml } from '../../../src/report/page/past-html.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const required = process.env['REQUIRE_CHROMIUM'] === '1'

function change(subject: string, verdict: PastVerdict['verdict'], ...teams: readonly string[]): PastChange {
  return {
    ...{ commit: 'c0ffee00'.repeat(5), base: 'b'.repeat(40), at: '2026-03-01T10:00:00.000Z' },
    ...{ author: { name: 'Ada' }, subject, verdict, title: `Title of ${subject}`, teams },
    asked: teams.map((team) => ({ team, because: ['a reason'] })),
    dropped: [],
    spills: [{ requests: '/a*', teams, before: 'a', after: 'b', example: "curl 'x'", certain: false }],
    findings: [],
  }
}

const past: Past = {
  branch: 'main',
  tip: 'a'.repeat(40),
  since: '90d',
  changes: [
    change('One', 'would-wait', '@shop/cart', '@shop/pages'),
    change('Two', 'blocked', '@shop/cart'),
    change('Three', 'ok'),
    {
      ...{ commit: 'd'.repeat(40), base: 'b'.repeat(40), at: '2026-03-01T10:00:00.000Z' },
      ...{ author: { name: 'Ada' }, subject: 'Four', verdict: 'not-judged', because: 'It is lost.' },
    },
  ],
  untouched: 7,
  beginning: { commit: 'e'.repeat(40), why: 'shallow' },
}

describe('the page of the history', () => {
  it('asks nobody for anything, and says how it came about', () => {
    const page = pastHtml(past)

    expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('4 of 11 merged changes touch the mesh: 1 would have been blocked')
    expect(page).toContain('This clone is shallow')
    expect(page).toContain('It is lost.')
  })

  it('takes no name for markup or for style', () => {
    const hostile = '</style><script>alert(1)</script>"\'&\u202e{}:has(*)'
    const { changes: _, ...rest } = past
    const page = pastHtml({
      ...rest,
      branch: hostile,
      since: hostile,
      changes: [
        {
          ...change(hostile, 'would-wait', hostile),
          title: hostile,
          author: { name: hostile },
        } as PastChange,
        {
          ...change('', 'ok'),
          ...{ verdict: 'not-judged', because: hostile },
        } as PastChange,
      ],
    })

    expect(page).not.toContain('<script')
    expect(page).not.toContain('\u202e')
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(/<style>(.*)<\/style>/s.exec(page)?.[1]).not.toContain('alert')
  })

  it('has no choice where there is nothing', () => {
    const page = pastHtml({ ...past, changes: [], untouched: 0 })

    expect(page).toContain('Nothing was merged.')
    expect(page).not.toMatch(/<form|<table/)
  })
})

// Without a browser on the machine there is nothing to look with; REQUIRE_CHROMIUM=1 makes that a failure.
describe.skipIf(!existsSync(executablePath) && !required)(
  'in a browser (skipped where there is no Chromium)',
  () => {
    let browser: Browser
    let page: Page
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
      page = await browser.newPage({ viewport: { width: 390, height: 800 } })
    })
    afterAll(() => browser?.close())

    const shown = async () => {
      const rows = page.locator('.past tbody tr:visible td:nth-child(3)')
      return (await rows.allInnerTexts()).map((text) => text.split(',')[0])
    }

    it('rows are chosen by verdict and team, by keyboard alone', async () => {
      await page.setContent(pastHtml(past))
      expect(await shown()).toEqual(['One', 'Two', 'Three', 'Four'])

      await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowRight')
      expect(await shown()).toEqual(['Two'])
      await page.keyboard.press('ArrowRight')
      expect(await shown()).toEqual(['One'])
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowDown')
      expect(await shown()).toEqual(['One', 'Two'])
      await page.keyboard.press('ArrowDown')
      expect(await shown()).toEqual(['One'])
      expect(
        await page.evaluate<string>("getComputedStyle(document.querySelector('.shown'), '::before').content"),
      ).toContain('counter(rows)')
    })

    it('fits a narrow screen, and is readable in the light and in the dark', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.setContent(pastHtml(past))
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        const colours = await page.evaluate<readonly string[]>(
          `(() => { const { backgroundColor, color } = getComputedStyle(document.documentElement); return [backgroundColor, color] })()`,
        )
        expect(width).toBeLessThanOrEqual(390)
        expect(new Set(colours).size).toBe(2)
      }
    })
  },
)
