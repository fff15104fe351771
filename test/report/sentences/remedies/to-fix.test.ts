import { expect, test } from 'vitest'
import { edited } from '../../edited.ts'
import { expectPromises } from '../../promises.ts'
import { assessStory, contextOf, readStory, type Story } from '../../story.ts'

const login = 'teams/login/vs-1.yaml'
const thirdMatch = readStory('third-match')
const exchanged = readStory('exchanged-entries')

function headOf(story: Story, path: string): string {
  return story.head.find((file) => file.path === path)?.text ?? ''
}

function commentOn(story: Story): string {
  return expectPromises(assessStory(story), contextOf(story)).comment ?? ''
}

test('alternatives are called that', () => {
  expect(commentOn(thirdMatch)).toContain('**To fix**, one of:\n\n1. Take lines 13 and 14 out of')
})

test('several faults are listed with one thing to do for each, in one line', () => {
  const comment = commentOn(edited(exchanged, { head: { [login]: headOf(thirdMatch, login) } }))

  expect(comment).toContain(
    [
      '**To fix:**',
      '',
      '1. In `teams/catalog/vs-2.yaml`, move the entry of lines 20 to 27 above line 8.',
      '2. Take lines 13 and 14 out of `teams/login/vs-1.yaml`.',
      '',
    ].join('\n'),
  )
})

test('where nothing was found that helps, the rule still says what to do in general', () => {
  const flow = headOf(thirdMatch, login).replace(
    /match:\n[\s\S]*exact: \/account\n/,
    'match: [{ uri: { exact: /login } }, { uri: { exact: /logout } }, { uri: { regex: /account/.* } }]\n',
  )

  expect(commentOn(edited(thirdMatch, { head: { [login]: flow } }))).toMatch(
    /\*\*To fix:\*\* Take `~ \/account\/\.\*` out of this entry, or have the same entry/,
  )
})
