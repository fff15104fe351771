import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { remembered } from './domain/source/remembered.ts'
import type { PageTools } from './report/page/frame.ts'

const built = new URL('browser/page.js', import.meta.url)

/** What runs in a page: it comes with the release, and is made of the sources where these run. */
export async function pageTools(): Promise<PageTools> {
  const script = import.meta.url.endsWith('.ts') ? await bundled() : readFileSync(built, 'utf8')
  const { placed } = await import('./report/page/graph/layout.ts')
  return {
    script: script.trim(),
    sha256: (text) => createHash('sha256').update(text).digest('base64'),
    placed,
  }
}

const bundled = remembered(async () => {
  const [{ build }, { pageOptions }] = await Promise.all([
    import('rolldown'),
    import('../rolldown.config.ts'),
  ])
  const { output } = await build({ ...pageOptions, write: false })
  return output[0].code
})
