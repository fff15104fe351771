import { expect, it } from 'vitest'
import { asking } from '../../src/browser/ask.ts'
import { writeSides } from '../../src/report/page/sides/write-sides.ts'
import { teamNames } from '../../src/report/sentences/requests/team-names.ts'
import { assessStory, readStory, type Story } from '../report/story.ts'

const logs = readStory('takes-logs')

/** Every manifest elsewhere, a line further down, and otherwise as it was. */
function moved({ base, ...story }: Story): Story {
  const head = base.map(({ path, text }) =>
    path.startsWith('teams/')
      ? { path: path.replace('teams/', 'teams (moved)/'), text: `# moved\n${text}` }
      : { path, text },
  )
  return { ...story, base, head }
}

function isSame(story: Story, path: string): boolean | undefined {
  const { comparison } = assessStory(story)
  const objects = [comparison.base, comparison.merged].flatMap(({ manifests }) => manifests.virtualServices)
  const ask = asking(writeSides(comparison, teamNames(comparison.ownership, objects)))
  const { answered } = ask({ request: `GET http://shop.example${path}`, headers: '', gateway: '' })
  return answered[0]?.today?.isSame
}

it('who serves a request is compared, and what is done with it', () => {
  expect(['/logs/today', '/productpage', '/nothing'].map((path) => isSame(logs, path))).toEqual([
    false,
    true,
    true,
  ])
})

it('where a route is written is not compared, whatever the file is called', () => {
  expect(['/login', '/productpage'].map((path) => isSame(moved(logs), path))).toEqual([true, true])
})
