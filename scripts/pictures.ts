import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { bookinfoFiles, organization, teams } from '../demo/bookinfo.ts'
import { applyEdits, replace } from '../demo/edits.ts'
import { openStage, play, seed } from '../demo/play.ts'
import type { Scene } from '../demo/scenes.ts'
import type { Story } from '../demo/story.ts'
import { startServer } from '../src/server.ts'

/** The pictures of the documentation: the demo as it is seen in a browser. Written anew by `npm run pictures`. */
const folder = new URL('../docs/pictures/', import.meta.url).pathname

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const logs = `    - match:
        - uri:
            prefix: /logs
      route:
        - destination:
            host: reviews.default.svc.cluster.local
            port:
              number: 9080
`

const story: Story = {
  name: 'below-login',
  author: 'lina',
  title: 'Serve everything below /login',
  body: 'The new pages are all below /login.',
  edits: [replace(login, 'exact: /login\n', 'prefix: /log\n')],
  ends: { conclusion: 'action_required', changes: [], comment: 'comment' },
}

const scene: Scene = {
  repository: `${organization}/mesh`,
  what: 'audit logs served by catalog',
  files: applyEdits(bookinfoFiles(), [replace(catalog, '  http:\n', `  http:\n${logs}`)]),
  stories: [story],
}

/** A part of a page, as wide as it is shown. */
interface Shot {
  readonly name: string
  readonly url: string
  readonly part: string
  readonly width: number
  /** Of a long one the beginning is enough. */
  readonly highest?: number
  readonly before?: (page: Page) => Promise<void>
}

const margin = 12

const colours: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
}

const work = mkdtempSync(join(tmpdir(), 'firebreak-pictures-'))
const stage = await openStage({}, startServer)
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
try {
  await seed(stage.github, [scene])
  const { number } = await play(story, scene, stage)
  const pull = `${stage.github.url}/${scene.repository}/pull/${number}`
  mkdirSync(folder, { recursive: true })
  for (const shot of await shotsOf(pull)) await take(shot, browser)
} finally {
  await browser.close()
  await stage.close()
  rmSync(work, { recursive: true })
}

async function shotsOf(pull: string): Promise<readonly Shot[]> {
  writeSide('base', scene.files)
  writeSide('head', applyEdits(scene.files, story.edits))
  const file = `file://${write('check.html', await firebreak('html'))}`
  const terminal = `file://${write('terminal.html', terminalPage(await firebreak('text')))}`
  return [
    {
      name: 'check',
      url: `${pull}/checks`,
      part: '.run-head, .run-title, .markdown-body table',
      width: 1100,
    },
    { name: 'comment', url: pull, part: '.card:has(table) .card-box', width: 1100 },
    { name: 'comment-narrow', url: pull, part: '.card:has(table) .card-box', width: 390 },
    { name: 'review-comment', url: `${pull}/files`, part: '.file:has(.suggestion)', width: 1100 },
    { name: 'page', url: file, part: 'header, nav, #act, #filters-section, #changes', width: 1000 },
    { name: 'page-graph', url: file, part: '#graph, #tables', width: 1000 },
    { name: 'page-narrow', url: file, part: 'header, nav, #act, #filters-section, #changes', width: 390 },
    { name: 'page-question', url: file, part: '#ask', width: 1000, before: ask },
    { name: 'terminal', url: terminal, part: 'pre', width: 960, highest: 560 },
  ]
}

async function ask(page: Page): Promise<void> {
  await page.fill('#ask-request', 'GET http://shop.example/logs/today')
  await page.click('#ask-form button')
  await page.waitForSelector('#ask-answer section')
}

function write(path: string, text: string): string {
  const file = join(work, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

function writeSide(side: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) write(join(side, path), text)
}

/** What the command line prints of the same pull request. */
async function firebreak(format: string): Promise<string> {
  const members = Object.entries(teams).map(
    ([slug, some]) => `"@${organization}/${slug}": [${some.join(', ')}]\n`,
  )
  const cli = new URL('../src/cli.ts', import.meta.url).pathname
  const args = ['check', '--base', 'base', '--head', 'head', '--author', story.author, '--format', format]
  const given = [cli, ...args, '--members', write('members.yml', members.join(''))]
  // It ends with 1 where an approval is missing, which is what the picture is about.
  const { stdout } = await promisify(execFile)(process.execPath, given, {
    cwd: work,
    env: { PATH: process.env['PATH'], FORCE_COLOR: '1' },
    maxBuffer: Number.POSITIVE_INFINITY,
  }).catch((error: { readonly stdout: string }) => error)
  return stdout
}

/** What a terminal shows, as a page. */
function terminalPage(text: string): string {
  const escaped = text.trimEnd().replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const body = escaped.replace(/\u001b\[(\d+)m/g, (_, code: string) => {
    const name = colours[code]
    return name === undefined ? '</span>' : `<span class="${name}">`
  })
  return `<!doctype html><meta charset="utf-8"><style>
:root { color-scheme: light dark; } body { margin: 0; background: light-dark(#fff, #0d1117); }
pre { margin: 0; padding: 16px; font: 13px/1.5 ui-monospace, monospace; color: light-dark(#1f2328, #e6edf3); white-space: pre-wrap; }
.bold { font-weight: 700; } .dim { color: light-dark(#59636e, #9198a1); } .red { color: light-dark(#cf222e, #ff7b72); }
.green { color: light-dark(#1a7f37, #3fb950); } .yellow { color: light-dark(#9a6700, #d29922); } .cyan { color: light-dark(#1b7c83, #39c5cf); }
</style><pre>$ firebreak check --base main --author ${story.author} --members members.yml\n\n${body}</pre>`
}

async function take(shot: Shot, drawn: Browser): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await drawn.newContext({
      viewport: { width: shot.width, height: 900 },
      colorScheme,
    })
    const page = await context.newPage()
    await page.goto(shot.url)
    if (shot.url.startsWith('http')) await page.waitForSelector('html[data-ready]')
    await shot.before?.(page)
    // Boxes are where they are seen, and what is cut out is where it is on the whole page.
    await page.evaluate('scrollTo(0, 0)')
    const png = await page.screenshot({
      fullPage: true,
      clip: await aroundAll(page, shot),
      animations: 'disabled',
    })
    writeFileSync(join(folder, `${shot.name}-${colorScheme}.webp`), await webp(page, png))
    await context.close()
  }
}

/** The rectangle around all parts that are shown. */
async function aroundAll(page: Page, { part, width, highest = Number.POSITIVE_INFINITY }: Shot) {
  const boxes = await Promise.all((await page.locator(part).all()).map((each) => each.boundingBox()))
  const found = boxes.flatMap((box) => box ?? [])
  if (found.length === 0) throw new Error(`Nothing on ${page.url()} is ${part}`)
  const top = Math.max(0, Math.min(...found.map(({ y }) => y)) - margin)
  const bottom = Math.max(...found.map(({ y, height }) => y + height)) + margin
  const left = Math.max(0, Math.min(...found.map(({ x }) => x)) - margin)
  const right = Math.min(width, Math.max(...found.map((box) => box.x + box.width)) + margin)
  return { x: left, y: top, width: right - left, height: Math.min(highest, bottom - top) }
}

/** The browser itself makes the picture small. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  const blank = await page.context().newPage()
  const encoded = await blank.evaluate(`(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${png.toString('base64')}'
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    canvas.getContext('2d').drawImage(image, 0, 0)
    return canvas.toDataURL('image/webp', 0.9)
  })()`)
  return Buffer.from(String(encoded).slice('data:image/webp;base64,'.length), 'base64')
}
