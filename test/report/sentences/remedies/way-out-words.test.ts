import { describe, expect, it } from 'vitest'
import { terminalCheck } from '../../../../src/report/page/text/check-text.ts'
import { endless } from '../../../../src/report/print/screen.ts'
import { written } from '../../../support/said.ts'
import { type Edits, edited, replacing, unchanged } from '../../edited.ts'
import { assessStory, contextOf, readStory } from '../../story.ts'

const [primary, login, catalog] = [
  'mesh/bookinfo.yaml',
  'teams/login/vs-1.yaml',
  'teams/catalog/vs-2.yaml',
] as const
const own = unchanged(readStory('own-path'))

function fixes(both: Edits, head: Edits): string {
  const story = edited(own, { both, head })
  const text = terminalCheck(assessStory(story), endless, contextOf(story).waysOut)
  return /^To fix.*?(?=^\S(?!o fix))/ms.exec(`${text}\n.`)?.[0] ?? ''
}

function adviceIn(head: Edits): string {
  const finding = assessStory(edited(own, { head })).findings.find(
    ({ rule, status }) => rule === 'dropped-entry' && status === 'introduced',
  )
  return written(finding?.todo)
}

const also = (uri: string) =>
  replacing('exact: /logout', `exact: /logout\n        - uri:\n            ${uri}`)

describe('the narrowest edit that works is told', () => {
  it.each([
    ['exact: /account', 'exact: /account'],
    ['prefix: /account', 'prefix: /account'],
    ['exact: /account/', 'exact: /account/'],
    ['exact: /a%20b', 'exact: "/a%20b"'],
    ['exact: /lo', 'exact: /lo'],
    ['prefix: /account/x', 'prefix: /account/x'],
  ])('of %s, what is given is %s', (match, given) => {
    const text = fixes({}, { [login]: also(match) })

    expect(text).toContain('given to login too')
    expect(text).toContain(`\n                 ${given}\n`)
  })
})

describe('what a way out does to any request is said', () => {
  const replacedLogin = { [login]: replacing('exact: /login', 'exact: /account') }
  const onlyPrefixes = {
    [primary]: replacing(
      'prefix: /\n',
      'prefix: /p\n        - uri:\n            prefix: /static\n        - uri:\n            prefix: /api\n',
    ),
  }
  const bothReplaced: Edits = {
    [login]: (text) =>
      text.replace('exact: /login', 'exact: /account').replace('exact: /logout', 'exact: /away'),
    [catalog]: replacing('prefix: /static', 'prefix: /xstatic'),
  }

  it('that what was replaced is not answered then', () => {
    const text = fixes({}, replacedLogin)

    expect(text).toContain('Then /login returns 404; /account goes to login (was 404).')
  })

  it('that of several things to do none brings it back', () => {
    const wider = {
      ...onlyPrefixes,
      [login]: replacing('exact: /logout', 'exact: /logout\n        - uri:\n            exact: /log'),
    }
    const text = fixes(wider, { ...bothReplaced })

    expect(text).toMatch(/1\. .*\n {2}2\. .*\n/)
    expect(text).toContain('All the same, /login and /logout return 404.')
  })

  it('nothing where everything is brought back by one of them', () => {
    const text = fixes(onlyPrefixes, {
      ...replacedLogin,
      [catalog]: replacing('prefix: /static', 'prefix: /xstatic'),
    })

    expect(text).toMatch(/1\. .*\n {2}2\. .*\n/)
    expect(text).not.toMatch(/404|All the same/)
  })

  it.each<readonly [string, string, Edits]>([
    ['one path for another', '`/login` is not', replacedLogin],
    ['the other one', '`/logout` is not', { [login]: replacing('exact: /logout', 'exact: /account') }],
    ['a prefix', '`/login` is not', { [login]: replacing('exact: /login', 'prefix: /account') }],
    [
      'both',
      '`/login` and `/logout` are not',
      {
        [login]: (text) => text.replace('exact: /login', 'exact: /a').replace('exact: /logout', 'exact: /b'),
      },
    ],
    [
      'a longer path of the same, and another',
      '`/login` is not',
      {
        [login]: (text) =>
          text.replace('exact: /login', 'exact: /login/x\n        - uri:\n            exact: /account'),
      },
    ],
    [
      'a header asked for besides',
      '`/login` is not',
      {
        [login]: (text) =>
          text.replace(
            'exact: /login',
            'exact: /login\n          headers: { x: {} }\n        - uri:\n            exact: /account',
          ),
      },
    ],
    [
      'in catalog',
      '`/static*` is not',
      {
        [primary]: replacing('prefix: /\n', 'prefix: /p\n'),
        [catalog]: replacing('prefix: /static', 'prefix: /statics'),
      },
    ],
  ])('by the advice of the rule: %s', (_, words, head) => {
    expect(adviceIn(head)).toContain(` Unless written again, ${words} answered by \`vs-`)
  })

  it.each<readonly [string, Edits]>([
    ['a path added', { [login]: also('exact: /account') }],
    [
      'a path added in front',
      { [login]: replacing('exact: /login', 'exact: /account\n        - uri:\n            exact: /login') },
    ],
    [
      'a path broadened beside it',
      {
        [login]: (text) =>
          text.replace('exact: /login', 'prefix: /login\n        - uri:\n            exact: /account'),
      },
    ],
    [
      'an entry that answers the rest',
      {
        [login]: (text) =>
          `${text.replace('exact: /login', 'exact: /account').trimEnd()}\n    - route: [{ destination: { host: rest } }]\n`,
      },
    ],
  ])('but not where nothing is lost: %s', (_, head) => {
    expect(adviceIn(head)).not.toBe('')
    expect(adviceIn(head)).not.toContain('Unless')
  })
})
