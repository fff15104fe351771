import { describe, expect, test } from 'vitest'
import { edited, unchanged } from '../../edited.ts'
import { expectPromises } from '../../promises.ts'
import { assessStory, contextOf, readStory, type Story } from '../../story.ts'

const path = '.github/firebreak.yml'
const own = readStory('own-path')

/** carla changes the configuration, and nothing else. */
function configured(before: string, after: string): Story {
  const story = unchanged({ ...own, cast: { author: 'carla' } })
  return edited(edited(story, { both: { [path]: before } }), { head: { [path]: after } })
}

function told(before: string, after: string) {
  const story = configured(before, after)
  const { title, comment = '' } = expectPromises(assessStory(story), contextOf(story))
  const rows = comment.split('\n').filter((line) => line.startsWith('| `'))
  return { title: title.replace('Waiting for mesh-admins: ', ''), rows }
}

describe('what another configuration does', () => {
  test.each([
    ['mode: observe\n', 'the check would always succeed'],
    ['override: true\n', 'an administrator could set a verdict aside'],
    ['consent: { inherited: report }\n', 'teams would be told of fields of the primary, not asked'],
    ['approvals: { stale: keep }\n', 'approvals.stale would be keep (was dismiss)'],
    ['rules: { shadowed-route: report }\n', 'rule shadowed-route would be report (was block)'],
    ['manifests: { exclude: [teams/**] }\n', '5 routes in teams would not be looked at'],
    ['manifests: { exclude: [elsewhere/**] }\n', 'manifests.exclude would be ["elsewhere/**"] (was [])'],
    ['consent: { many: 50 }\n', 'consent.many would be 50 (was 5)'],
    ['mode: observe\nconsent: { many: 9 }\n', 'the check would always succeed'],
    ['rules: { shadowed-route: off, dropped-entry: off }\n', 'rule dropped-entry would be off (was block)'],
    ['complete: false\nexternal: ["a/*"]\n', 'a delegate that is not here would block nothing'],
  ])('%j is said in the title', (after, title) => {
    expect(told('', after).title).toBe(title)
  })

  test('comes as a row for each setting, with both values', () => {
    expect(told('rules: { orphan-secondary: off }\n', 'comments: { review: off }\n').rows).toEqual([
      '| `rules.orphan-secondary` | `off` | `report` | what it finds would be told, and block nothing |',
      '| `comments.review` | `others` | `off` |  |',
    ])
  })

  test.each([
    ['the same in other words', 'mode: enforce\n', '# As before.\n{}\n'],
    ['what nobody can read', '', 'moed: observe\n'],
  ])('is nothing for %s', (_, before, after) => {
    expect(told(before, after).rows).toEqual([])
  })

  test('stays text, whatever the values hold', () => {
    const external = 'manifests: { exclude: ["x/`|<img src=x>*"] }\n'

    expect(told('', external).rows).toHaveLength(1)
  })
})
