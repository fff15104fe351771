import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../../demo/bookinfo.ts'
import { firebreak, folder } from '../fake-terminal.ts'

const login = 'teams/login/vs-1.yaml'
const text = bookinfoFiles()[login] ?? ''
const files = { ...bookinfoFiles(), [login]: text }

function sides(more: Readonly<Record<string, string>> = {}) {
  const base = folder({ ...files, ...more })
  const head = folder({ ...files, ...more, [login]: `${text}      timeout: 9s\n` })
  return ['check', '--base', base, '--head', head] as const
}

function withDefaults(path: string, written: string): string {
  writeFileSync(join(path, 'defaults.yml'), written)
  return 'defaults.yml'
}

describe('--defaults', () => {
  it('applies where the base has no configuration', async () => {
    const here = folder({})
    const given = [
      '--author',
      'carla',
      '--format',
      'json',
      '--defaults',
      withDefaults(here, 'mode: observe\n'),
    ]

    expect((await firebreak(here, ...sides(), ...given)).code).toBe(0)
    expect((await firebreak(here, ...sides(), ...given.slice(0, 4))).code).toBe(1)
    const own = sides({ '.github/firebreak.yml': 'complete: true\n' })
    expect((await firebreak(here, ...own, ...given)).code).toBe(1)
  })

  it('is said to be wrong at its own place', async () => {
    const here = folder({})
    const path = withDefaults(here, 'complete: true\nmoed: observe\n')

    const { code, out } = await firebreak(here, ...sides(), '--defaults', path)

    expect(code).toBe(1)
    expect(out).toContain('defaults.yml:2')
  })

  it.each(['routes', 'layout', 'graph', 'explain'])('is read by %s', async (command) => {
    const here = folder({})
    const path = withDefaults(here, 'moed: observe\n')
    const more = command === 'explain' ? ['/login'] : []

    const { err } = await firebreak(here, command, folder(files), ...more, '--defaults', path)

    expect(err).toContain('defaults.yml:1')
  })

  it('that is not there is the mistake of whoever names it', async () => {
    const here = folder({})
    const { code, err } = await firebreak(here, ...sides(), '--defaults', 'gone.yml')

    expect(code).toBe(2)
    expect(err).toContain('--defaults gone.yml cannot be read')
  })
})
