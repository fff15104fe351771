import { describe, expect, it } from 'vitest'
import { teamOf } from '../../../src/domain/ownership/team.ts'
import { reachedBy } from '../../../src/domain/unmodelled/reached.ts'
import type { Unjudged } from '../../../src/domain/unmodelled/unjudged.ts'
import { unjudgedHeadlines, unjudgedSentence } from '../../../src/domain/unmodelled/unjudged-words.ts'

const [login, catalog] = [teamOf(['login']), teamOf(['catalog'])]
const naming = ({ label }: { readonly label: string }) => label

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

    expect(unjudgedSentence(unjudged({ reach: { everybody: false, reached } }), naming)).toBe(
      'HTTPRoute `x` in `a.yaml` is new on `shop.example` at `ns/y`, where catalog and login answer; what that does to requests is not judged here.',
    )
  })

  it('never says that nothing changes where nobody is known to be reached', () => {
    expect(unjudgedSentence(unjudged({ verb: 'removed' }), naming)).toBe(
      'HTTPRoute `x` in `a.yaml` is removed, and what that does to requests is not known here.',
    )
  })

  it('counts names that are too many', () => {
    const reached = [reachedBy('service', ['a', 'b', 'c', 'd', 'e'], [login])]

    expect(unjudgedHeadlines(unjudged({ reach: { everybody: false, reached } }), naming)[0]).toBe(
      'HTTPRoute `x` is new for the service `a`, `b`, `c` and 2 more, which login has',
    )
  })

  it('gets shorter for a title, and keeps the verb', () => {
    const reach = { everybody: true, reached: [] }

    expect(unjudgedHeadlines(unjudged({ kind: 'EnvoyFilter', verb: 'changed', reach }), naming)).toEqual([
      'EnvoyFilter `x` changes for the whole mesh',
      'EnvoyFilter `x` changes, which is not judged here',
      'an EnvoyFilter changes, which is not judged here',
    ])
  })

  it('keeps a hostile name within its marks', () => {
    expect(unjudgedSentence(unjudged({ name: 'a`b\n@login' }), naming)).not.toMatch(/\n|``/)
  })
})
