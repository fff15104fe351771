import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { launchChromium, noChromium } from '../support/chromium.ts'
import { at, installationOctokit, linasPull, repo, smallWorld } from './support.ts'

const summary = `**Waiting for \`acme/catalog\`**

| Team | Requests | Today | After merge | What happens | For example |
|---|---|---|---|---|---|
| catalog loses it | \`/logs*\` | reviews, by \`vs-2\` | productpage, by \`vs-1\` | another team answers | \`curl -i "$GATEWAY/logs"\` |

\`\`\`mermaid
flowchart LR
  a["one"] --> b["two"]
\`\`\`

\`\`\`mermaid
this is no diagram
\`\`\`

<script>document.title = 'hacked'</script><img src=x onerror="document.title = 'hacked'">
`

async function story(simulator: Simulator): Promise<number> {
  simulator.protectBranch(repo, 'main', { requiredChecks: ['firebreak'] })
  const { number, head } = await linasPull(simulator)
  const client = await installationOctokit(simulator)
  await client.rest.checks.create({
    ...at,
    name: 'firebreak',
    head_sha: head,
    conclusion: 'action_required',
    output: {
      title: 'Waiting for <catalog>',
      summary,
      annotations: [
        { path: 'a.txt', start_line: 3, end_line: 3, annotation_level: 'warning', message: 'Mind the line' },
        { path: 'README.md', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'Elsewhere' },
      ],
    },
    actions: [{ label: 'Explain', description: 'Say why', identifier: 'explain' }],
  })
  await client.rest.issues.createComment({ ...at, issue_number: number, body: summary })
  await client.rest.pulls.requestReviewers({ ...at, pull_number: number, team_reviewers: ['catalog'] })
  const comments = [{ path: 'a.txt', line: 3, body: 'Here\n```suggestion\nline three\n```' }]
  await client.rest.pulls.createReview({
    ...at,
    pull_number: number,
    event: 'COMMENT',
    body: 'On a line',
    comments,
  })
  return number
}

describe.skipIf(noChromium)('in a browser (skipped where there is no Chromium)', () => {
  let simulator: Simulator
  let browser: Browser
  let page: Page
  let number: number
  beforeAll(async () => {
    simulator = await smallWorld()
    number = await story(simulator)
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  })
  afterAll(async () => {
    await browser?.close()
    expect(simulator.contractViolations()).toEqual([])
    await simulator.close()
  })

  async function open(path: string): Promise<string> {
    await page.goto(`${simulator.url}${path}`)
    await page.waitForSelector('html[data-ready]')
    return (await page.textContent('main')) ?? ''
  }

  test('the list shows the pull request with its check', async () => {
    const text = await open('/')

    expect(text).toContain('Two lines')
    expect(text).toContain('Waiting for <catalog>')
    expect(await page.getAttribute('.row .mark[title]', 'title')).toBe('Action required')
  })

  describe('the conversation', () => {
    let text: string
    beforeAll(async () => {
      text = await open(`/${repo}/pull/${number}`)
    })

    test('shows comment, review, suggestion and why one may not merge', async () => {
      for (const words of [
        'Waiting for acme/catalog',
        'catalog loses it',
        'Suggested change',
        'Merging is blocked',
      ])
        expect(text).toContain(words)
      expect(text).toContain('Waiting for a review by acme/catalog.')
      expect(await page.locator('.merge-box .label', { hasText: 'Required' }).count()).toBe(1)
    })

    test('draws diagrams, and one that cannot be drawn keeps its source', async () => {
      expect(await page.locator('.mermaid-diagram[data-state=drawn] svg').count()).toBe(1)
      expect(await page.textContent('.mermaid-diagram[data-state=failed]')).toContain('this is no diagram')
    })

    test('runs no scripts of comments, and none of their markup may run any', async () => {
      const response = await page.request.get(`${simulator.url}/${repo}/pull/${number}`)

      expect(await page.title()).toContain('Two lines')
      expect(await page.locator('.markdown-body script, .markdown-body [onerror]').count()).toBe(0)
      expect(response.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    })
  })

  test('the diff shows annotations and comments below their line', async () => {
    const text = await open(`/${repo}/pull/${number}/files`)
    const row = page.locator('tr.diff-added', { hasText: 'three' })

    expect(text).toContain('Mind the line')
    expect(text).not.toContain('Elsewhere')
    expect(await row.locator('xpath=following-sibling::tr[1]').textContent()).toMatch(
      /Mind the line[\s\S]*Here/,
    )
  })

  test('the check shows title, summary, all annotations and its buttons', async () => {
    const text = await open(`/${repo}/pull/${number}/checks`)

    for (const words of [
      'Waiting for <catalog>',
      'catalog loses it',
      'Mind the line',
      'Elsewhere',
      'Explain',
      'Re-run',
    ])
      expect(text).toContain(words)
  })

  test('nothing is wider than a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    for (const tab of ['', '/files', '/checks']) {
      await open(`/${repo}/pull/${number}${tab}`)
      const width = await page.evaluate('document.documentElement.scrollWidth')

      expect(width, tab).toBeLessThanOrEqual(390)
    }
  })

  test('the answers of both sides are seen on a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    for (const tab of ['', '/checks']) {
      await open(`/${repo}/pull/${number}${tab}`)
      const box = await page.locator('.markdown-body th', { hasText: 'After merge' }).first().boundingBox()

      expect((box?.x ?? 390) + (box?.width ?? 0), tab).toBeLessThanOrEqual(390)
    }
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('who likes it dark gets it dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await open(`/${repo}/pull/${number}`)
    const colours = await page.evaluate(
      "[document.body, document.querySelector('.card-box')].map((each) => getComputedStyle(each).backgroundColor)",
    )

    expect(colours).toEqual(['rgb(13, 17, 23)', 'rgb(13, 17, 23)'])
    await page.emulateMedia({ colorScheme: 'light' })
  })

  test('what is not there is said so', async () => {
    for (const path of [
      '/acme/none',
      `/${repo}/pull/99`,
      '/%E0%A4%A',
      '/assets/none',
      `/${repo}/pull/1/none`,
    ]) {
      const response = await fetch(`${simulator.url}${path}`)

      expect(response.status, path).toBe(404)
    }
  })
})
