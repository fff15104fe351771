import { describe, expect, it } from 'vitest'
import { teamOf } from '../../../src/domain/ownership/team.ts'
import { reachedBy } from '../../../src/domain/unmodelled/reached.ts'
import type { Unjudged } from '../../../src/domain/unmodelled/unjudged.ts'
import { unjudgedHeadlines, unjudgedSentence } from '../../../src/domain/unmodelled/unjudged-words.ts'
import { words } from '../../../src/domain/words/phrase.ts'
import { ended, wholeOf } from '../../../src/domain/words/sentence.ts'
import { written } from '../../support/said.ts'

const [login, catalog] = [teamOf(['login']), teamOf(['catalog'])]
const naming = ({ label }: { readonly label: string }) => words(label)
const told = (about: Unjudged) => written(ended(wholeOf(unjudgedSentence(about, naming))))
const headlines = (about: Unjudged) => unjudgedHeadlines(about, naming).map(written)

function unjudged(more: Partial<Unjudged>): Unjudged {
  return {
    kind: 'HTTPRoute',
    name: 'x',
    verb: 'new',
    path: 'a.yaml',
    reach: { everybody: false, reached: [] },
    ...more,
  }
}

describe('what is not judged, in words', () => {
  it('says on which host, where, and who answers there', () => {
    const reached = [reachedBy('host', ['shop.example'], [login, catalog], ['ns/y'])]

    expect(told(unjudged({ reach: { everybody: false, reached } }))).toBe(
      'HTTPRoute `x` in `a.yaml` is new on `shop.example` at `ns/y`, where catalog and login answer; what that does to requests is not judged here.',
    )
  })

  it('never says that nothing changes where nobody is known to be reached', () => {
    expect(told(unjudged({ verb: 'removed' }))).toBe(
      'HTTPRoute `x` in `a.yaml` is removed, and what that does to requests is not known here.',
    )
  })

  it('counts names that are too many', () => {
    const reached = [reachedBy('service', ['a', 'b', 'c', 'd', 'e'], [login])]

    expect(headlines(unjudged({ reach: { everybody: false, reached } }))[0]).toBe(
      'HTTPRoute `x` is new for the service `a`, `b`, `c` and 2 more, which login has',
    )
  })

  it('gets shorter for a title, and keeps the verb', () => {
    const reach = { everybody: true, reached: [] }

    expect(headlines(unjudged({ kind: 'EnvoyFilter', verb: 'changed', reach }))).toEqual([
      'EnvoyFilter `x` changes for the whole mesh',
      'EnvoyFilter `x` changes, which is not judged here',
      'an EnvoyFilter changes, which is not judged here',
    ])
  })

  it('keeps a hostile name within its marks', () => {
    expect(told(unjudged({ name: 'a`b\n@login' }))).not.toMatch(/\n|``/)
  })
})
