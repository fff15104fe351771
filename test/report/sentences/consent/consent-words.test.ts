import { describe, expect, it } from 'vitest'
import type { Obstacle } from '../../../../src/domain/policy/consent/obstacle.ts'
import type { SharedApprovers } from '../../../../src/domain/policy/consent/shared-approvers.ts'
import { markdownOf } from '../../../../src/report/print/print.ts'
import { toMerge } from '../../../../src/report/sentences/consent/consent-words.ts'
import { viewOf } from '../../../../src/report/sentences/view.ts'
import { assessStory, readStory } from '../../story.ts'

/** Nobody of either team wrote it, so that both are asked. */
const asked = assessStory({ ...readStory('takes-logs'), cast: { author: 'dora' } })
const teams = asked.decision.requirements.map(({ team }) => team)

function words(groups: readonly (readonly string[])[]): string {
  const sharedApprovers: readonly SharedApprovers[] = groups.map((logins) => ({ logins, teams }))
  const phrase = toMerge(viewOf({ ...asked, sharedApprovers }), () => false)
  return phrase === undefined ? '' : markdownOf(phrase)
}

describe('who is in several of the teams still unmet', () => {
  it.each([
    [[['nina']], 'One review by `nina` would do for both.'],
    [[['nina', 'omar']], 'One review by `nina` or `omar` would do for both.'],
    [[['a', 'b', 'c', 'd', 'e']], 'One review by `a`, `b`, `c` or 2 more would do for both.'],
  ])('%j', (groups, sentence) => {
    expect(words(groups)).toContain(` ${sentence}`)
  })

  it('is not mentioned where nobody is', () => {
    expect(words([])).not.toContain('would do for')
  })

  it('cannot write Markdown with a login', () => {
    expect(words([['@all `x` **y**']])).toContain(' ``@all `x` **y**`` would')
  })
})

/** What is asked of one team on which this stands in the way. */
function asksFor(obstacles: readonly Obstacle[], more: object = {}): string {
  const [first] = asked.decision.requirements
  if (first === undefined) throw new Error('The story asks nobody')
  const decision = { ...asked.decision, requirements: [{ ...first, obstacles, ...more }] }
  const phrase = toMerge(viewOf({ ...asked, decision }), () => false)
  return phrase === undefined ? '' : markdownOf(phrase)
}

describe('where an approving review suffices, nobody is told that it is not possible', () => {
  it.each<readonly [Obstacle, string]>([
    [{ kind: 'pushers-unknown' }, 'Who pushed the commits is not known, so authorship does not count'],
    [{ kind: 'pushed-by-others', by: ['carla'] }, 'carla pushed to this branch without being in'],
    [{ kind: 'pushed-by-others', by: ['a', 'b', 'c'] }, 'a, b and c pushed to this branch'],
    [{ kind: 'is-bot', by: 'robot' }, 'robot is a bot'],
    [{ kind: 'is-author', by: 'lina' }, 'lina is the author'],
    [{ kind: 'pushed-last', by: 'lina' }, 'lina pushed last'],
    [{ kind: 'no-write-access', by: 'lina' }, 'lina has no write access'],
    [{ kind: 'before-retarget', by: 'lina' }, 'lina approved before the base branch was changed'],
    [{ kind: 'older-commit', by: 'lina' }, 'lina approved an older commit'],
    [{ kind: 'older-commit-unknown', by: 'lina' }, 'lina approved an older commit, and what was listed'],
    [{ kind: 'before-listed', by: 'lina' }, 'lina approved before all of this was listed'],
    [{ kind: 'unresolvable-owner', owner: '@bookinfo/secret' }, '`bookinfo/secret` cannot be looked up'],
  ])('%j', (obstacle, words) => {
    const text = asksFor([obstacle])

    expect(text).toContain(` As for catalog: ${words}`)
    expect(text).toMatch(/^ask anyone in `bookinfo\/catalog` for an approving review\./)
    expect(text).not.toContain('Not possible')
  })

  const standsInFor = teams

  it('of two administrators who must agree, one more is needed', () => {
    const text = asksFor([{ kind: 'two-voices', given: ['maya'] }], { standsInFor })

    expect(text).toMatch(/^ask anyone in `bookinfo\/catalog` for one more approving review\./)
    expect(text).toContain('Two of them must agree: maya has.')
    expect(text).not.toContain('Not possible')
  })

  it('or two, where none has', () => {
    const text = asksFor([{ kind: 'two-voices', given: [] }], { standsInFor })

    expect(text).toMatch(/^ask for two approving reviews, each of anyone in `bookinfo\/catalog`\./)
    expect(text).toContain('Two of them must agree.')
    expect(text).not.toContain('Not possible')
  })
})

describe('where no approving review suffices, that is said', () => {
  it.each<readonly [string, readonly Obstacle[]]>([
    ['lina asked for changes', [{ kind: 'objection', by: 'lina' }]],
    ['lina asked for changes and may be an owner', [{ kind: 'objection-perhaps', by: 'lina' }]],
    ['`bookinfo/catalog` cannot be looked up', [{ kind: 'unresolvable-owner', owner: '@bookinfo/catalog' }]],
    ['Only `bookinfo/catalog` may make this change', [{ kind: 'owners-only' }]],
    [
      'maya is a bot. lina asked for changes',
      [
        { kind: 'is-bot', by: 'maya' },
        { kind: 'objection', by: 'lina' },
      ],
    ],
  ])('%s', (words, obstacles) => {
    expect(asksFor(obstacles)).toContain(` Not possible for catalog as things stand: ${words}`)
  })
})
