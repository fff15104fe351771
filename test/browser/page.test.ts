import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createExplainer } from '../../src/domain/routing/explain/explain-request.ts'
import { memoized } from '../../src/domain/source/memoized.ts'
import { remembered } from '../../src/domain/source/remembered.ts'
import { pageTools } from '../../src/page-script.ts'
import { graphHtml } from '../../src/report/page/graph/graph-page.ts'
import { htmlPage } from '../../src/report/page/html.ts'
import { explainText } from '../../src/report/page/text/explain-text.ts'
import { endless } from '../../src/report/print/screen.ts'
import { teamNames } from '../../src/report/sentences/requests/team-names.ts'
import { edited, replacing, unchanged } from '../report/edited.ts'
import { hugeStory } from '../report/huge.ts'
import { allMoved } from '../report/scale.ts'
import { assessStory, contextOf, readStory, type Story } from '../report/story.ts'
import { launchChromium, noChromium } from '../support/chromium.ts'

const logs = readStory('takes-logs')

const hostile: Story = edited(unchanged(logs), {
  head: {
    'teams/login/vs-1.yaml': replacing(
      'exact: /logout',
      `exact: ${JSON.stringify(`/logout</script><script>document.title='hacked'</script>\u2028"><img src=x onerror=alert(1)>`)}`,
    ),
  },
})

const longName = (what: string) => `${what}-${'with-a-name-that-goes-on-'.repeat(4)}and-on`

/** Names as long as they may be, and requests that change beside each other. */
function longNames(): Story {
  const object = (kind: string, name: string, spec: string) =>
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`
  const secondary = (subset: string) =>
    object(
      'VirtualService',
      longName('secondary'),
      `{ http: [{ match: [{ uri: { prefix: /checkout } }], route: [{ destination: { host: ${longName('service').slice(0, 60)}, subset: ${subset} } }] }] }`,
    )
  const primary = object(
    'VirtualService',
    longName('primary'),
    `{ hosts: ['a-host.of-some-environment.of-the-platform.shop.example'], gateways: [gate], http: [{ match: [{ uri: { prefix: /checkout } }], delegate: { name: ${longName('secondary')} } }] }`,
  )
  const gate = object(
    'Gateway',
    'gate',
    "{ selector: { istio: ingress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }",
  )
  const codeowners = `* @acme/${longName('team').slice(0, 60)}\n`
  const side = (subset: string) =>
    Object.entries({
      CODEOWNERS: codeowners,
      'g.yaml': gate,
      'p.yaml': primary,
      's.yaml': secondary(subset),
    }).map(([path, text]) => ({ path, text }))
  return { name: 'long-names', base: side('v1'), head: side('v2'), cast: {}, members: {} }
}

/** Words of headings that stand on two lines, and names that are wider than their boxes; asked in the page. */
const brokenOrSpilling = `(() => {
  const isBroken = (word) => new Set([...word.getClientRects()].map(({ top }) => top)).size > 1
  const broken = [...document.querySelectorAll('th')].flatMap((head) => {
    const [text] = head.childNodes
    if (!(text instanceof Text) || head.offsetParent === null) return []
    return [...text.data.matchAll(/\\S+/g)].flatMap(({ 0: word, index }) => {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      return isBroken(range) ? [word] : []
    })
  })
  const nodes = [...document.querySelectorAll('.graph .node')]
  const spilling = nodes.flatMap((node) => {
    const { right } = node.querySelector('.box').getBoundingClientRect()
    const texts = [...node.querySelectorAll('text')]
    return texts.filter((text) => text.getBoundingClientRect().right > right).map((text) => text.textContent)
  })
  return { broken, spilling, nodes: nodes.length }
})()`

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

describe.skipIf(noChromium)('a page in a browser (skipped where there is no Chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-page-'))
  const complaints: string[] = []
  const asked: string[] = []
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
    expect(complaints).toEqual([])
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([])
  })

  const checkPage = memoized(async (story: Story): Promise<string> => {
    return htmlPage(assessStory(story), { waysOut: contextOf(story).waysOut ?? [] }, await pageTools())
  })

  async function open(html: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const file = join(folder, 'page.html')
    writeFileSync(file, html)
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    })
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`file://${file}`)
    return page
  }

  async function ask(page: Page, request: string): Promise<string> {
    await page.fill('#ask-request', request)
    await page.click('#ask-form button')
    await page.waitForSelector('#ask-answer :is(section, .mistake)')
    return page.innerText('#ask-answer')
  }

  async function shownRows(page: Page, section: string): Promise<number> {
    return page.locator(`${section} tr[data-row]:not([hidden])`).count()
  }

  test('answers who serves a request in the words of explain, today and after the merge', async () => {
    const { comparison } = assessStory(logs)
    const page = await open(await checkPage(logs))
    const teams = teamNames(
      comparison.ownership,
      [comparison.base, comparison.merged].flatMap(({ manifests }) => manifests.virtualServices),
    )

    for (const path of ['/logs/today', '/login', '/nothing', '/api/v1/products/7']) {
      const request = { method: 'GET', scheme: 'http', authority: 'shop.example', path, headers: {} }
      const text = await ask(page, `GET http://shop.example${path}`)
      for (const { meshes } of [comparison.base, comparison.merged]) {
        const said = explainText(
          request,
          createExplainer(meshes, comparison.settings).explain(request),
          endless,
          teams,
        )
        const [, , head = ''] = said.split('\n')
        const [, place = '', answer = ''] = /^(.*?): {2}(.*)$/.exec(head) ?? []
        expect(text).toContain(place)
        expect(text.replaceAll(/\s+/g, ' ')).toContain(answer.replaceAll(/\s+/g, ' '))
      }
    }
    await page.context().close()
  })

  test.each([1280, 390])(
    'breaks no heading within a word, and no name spills out of its box, at %i',
    async (width) => {
      const page = await open(await checkPage(longNames()))
      await page.setViewportSize({ width, height: 900 })

      const found = await page.evaluate(brokenOrSpilling)

      expect(found).toEqual({ broken: [], spilling: [], nodes: 2 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      await page.context().close()
    },
  )

  test('says what is wrong with a question, and asks by the keyboard alone', async () => {
    const page = await open(await checkPage(logs))

    expect(await ask(page, 'what is this')).toContain('is not a request')
    await page.focus('#ask-request')
    await page.fill('#ask-request', '/logs')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#ask-answer section')
    expect(await page.innerText('#ask-answer')).toContain('treated differently after the merge')
    await page.fill('#ask-request', '/productpage')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.innerText('#ask-answer')).toContain('the same after the merge')
    expect(await page.getAttribute('#ask-answer', 'aria-live')).toBe('polite')
    await page.context().close()
  })

  test('takes headers and a gateway into account', async () => {
    const page = await open(await checkPage(logs))

    await page.click('#ask-form summary')
    await page.selectOption('#ask-gateway', 'mesh')
    expect(await ask(page, 'http://reviews/logs')).toContain('no VirtualService names this host')
    await page.fill('#ask-headers', 'no header')
    expect(await ask(page, '/logs')).toContain('is not a header')
    await page.context().close()
  })

  test('leaves out what is not looked for, by team, host, path and kind', async () => {
    const page = await open(await checkPage(logs))
    const all = await shownRows(page, '#tables')

    await page.selectOption('#filter-team', 'catalog')
    const catalogs = await shownRows(page, '#tables')
    await page.fill('#filter-path', '/static')
    expect(await shownRows(page, '#tables')).toBe(1)
    expect(await page.innerText('#filter-count')).toMatch(/^\d+ of \d+ rows and arrows are shown\.$/)
    await page.click('#filters button[type=reset]')
    await expect.poll(() => shownRows(page, '#tables')).toBe(all)
    await page.selectOption('#filter-kind', 'request:moved')
    expect(await shownRows(page, '#changes')).toBe(1)
    expect(await shownRows(page, '#tables')).toBe(all)
    await page.selectOption('#filter-kind', 'graph:changed')
    expect(await page.locator('#graph .edge:not(.pale)').count()).toBe(2)
    await page.selectOption('#filter-kind', 'graph:added')
    expect(await page.locator('#graph .edge:not(.pale)').count()).toBe(0)
    await page.selectOption('#filter-kind', '')
    await page.selectOption('#filter-host', '*')
    expect(await shownRows(page, '#tables')).toBe(all)
    expect(catalogs).toBeLessThan(all)
    expect(catalogs).toBeGreaterThan(1)
    await page.context().close()
  })

  const shown = '#changes tr[data-row]:visible, #changes details:not([hidden]) > summary'

  test('hundreds of changes are folded by team, and the fields unfold what they find', async () => {
    const page = await open(await checkPage(allMoved(260, 'hundreds-moved')))
    const height = async () => Number(await page.evaluate('document.documentElement.scrollHeight'))
    const folded = await page.locator(shown).allInnerTexts()

    expect(await height()).toBeLessThan(6_000)
    expect(folded).toHaveLength(11)
    expect(folded[0]).toBe('changed under default/bookinfo, team-0001 to team-0025, 25 rows')
    await page.selectOption('#filter-team', 'team-0111')
    const [fold = '', row = '', ...others] = await page.locator(shown).allInnerTexts()
    expect(fold).toBe('changed under default/bookinfo, team-0101 to team-0125, 25 rows (1 found)')
    expect(row).toContain('team-0111-green')
    expect(others).toEqual([])
    expect(await page.locator('#tables tr[data-row]:visible').count()).toBe(2)
    await page.selectOption('#filter-team', '')
    expect(await page.locator(shown).allInnerTexts()).toEqual(folded)
    await page.selectOption('#filter-kind', 'request:changed')
    expect(await page.locator('#changes tr[data-row]:visible').count()).toBe(100)
    expect(await page.innerText('#filter-count')).toMatch(/ \d+ of them are folded\.$/)
    await page.context().close()
  })

  test('folds are opened by the keyboard, and paper says what is folded or left out', async () => {
    const page = await open(await checkPage(allMoved(30, 'thirty-moved')))
    const rows = page.locator('#changes tr[data-row]:visible')
    const said = (selector: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)}), '::after').content`,
      )

    expect(await rows.count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    expect(await said('#changes summary')).toBe('" (folded, not printed)"')
    await page.emulateMedia({ media: 'screen' })
    await page.focus('#changes summary')
    await page.keyboard.press('Enter')
    expect(await rows.count()).toBe(25)
    await page.focus('#unfold')
    await page.keyboard.press('Enter')
    expect(await rows.count()).toBe(30)
    await page.selectOption('#filter-team', 'team-0007')
    await page.emulateMedia({ media: 'print' })
    expect(await rows.count()).toBe(1)
    expect(await said('#changes summary')).toBe('none')
    expect(await page.locator('#filters').isVisible()).toBe(false)
    expect(await page.innerText('#filter-count')).toMatch(/^\d+ of \d+ rows and arrows are shown/)
    expect(await page.locator('#filter-count').isVisible()).toBe(true)
    await page.context().close()
  })

  test('a line of a table that no request reaches is marked', async () => {
    const story = edited(unchanged(logs), {
      head: { 'teams/login/vs-1.yaml': replacing('exact: /login', 'prefix: /log') },
    })
    const page = await open(await checkPage(story))

    expect(await page.locator('#tables tr.unreached').allInnerTexts()).toEqual([
      expect.stringMatching(/\/logout no request reaches it/),
      expect.stringMatching(/\/logs\* no request reaches it/),
    ])
    await page.context().close()
  })

  test('hundreds of delegates stay a page that answers', async () => {
    const html = await checkPage(hugeStory(300, 'consent: { many: 5000 }\n'))
    const page = await open(html)

    expect(html.length).toBeLessThan(1_600_000)
    expect(await page.locator('#graph .edge').count()).toBe(40)
    expect(await page.textContent('#graph svg.graph')).toContain('and 260 more')
    expect(await ask(page, '/team-77/1')).toContain('team-77')
    await page.context().close()
  })

  test('no name of a manifest becomes markup or a script', async () => {
    const page = await open(await checkPage(hostile))

    expect(await page.title()).not.toContain('hacked')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(2)
    await ask(page, '/logout</script>')
    expect(await page.locator('#ask-answer script').count()).toBe(0)
    await page.context().close()
  })

  test('nothing is asked for without its script, and all of it can be read', async () => {
    const page = await open(await checkPage(logs), { javaScriptEnabled: false })

    expect(await page.locator('#ask-form').isVisible()).toBe(false)
    expect(await page.innerText('#ask')).toContain('firebreak explain')
    expect(await page.locator('#tables tr[data-row]').count()).toBeGreaterThan(5)
    await page.context().close()
  })

  const sizes = [1280, 390].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
  )
  const largeGraph = remembered(async () => {
    const input = assessStory(hugeStory(40, 'consent: { many: 5000 }\n')).comparison
    return graphHtml(input, ({ file }) => file.path.split('/')[1], await pageTools())
  })
  const thirdMatch = readStory('third-match')
  /** All rules at two of the sizes, which between them have both widths and both schemes; elsewhere those about what one sees. */
  const rulesAt = (width: number, colorScheme: string) =>
    (width === 1280) === (colorScheme === 'light')
      ? ''
      : "{ runOnly: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'] }"
  test.each(sizes)('keeps nobody out, at $width in $colorScheme', async ({ width, colorScheme }) => {
    const pages = [
      await checkPage(logs),
      await checkPage(thirdMatch),
      await checkPage(allMoved(30, 'thirty-moved')),
      await largeGraph(),
    ]
    for (const html of pages) {
      const page = await open(html, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
      await ask(page, '/logs')
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate(`axe.run(${rulesAt(width, colorScheme)})`)) as {
        readonly violations: readonly Violation[]
      }

      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      await page.context().close()
    }
  })

  test('what comes after the merge is seen on a telephone, and paper is light', async () => {
    const page = await open(await checkPage(logs), {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    })
    const box = await page.locator('#changes td[data-label="After merge"]').first().boundingBox()

    expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#ask').isVisible()).toBe(false)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await page.context().close()
  })
})
