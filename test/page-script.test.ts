import { expect, it } from 'vitest'
import { pageTools } from '../src/page-script.ts'

it('the script of a page cannot end its element, and asks nobody', async () => {
  const { script, sha256 } = await pageTools()

  expect(script).not.toMatch(/<\/script|<!--|\r/i)
  expect(script).not.toMatch(/\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import)\(/)
  expect(sha256('')).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
})
