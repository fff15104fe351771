import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import { bookinfoEdit } from '../../domain/ways-out/edits-arbitrary.ts'
import { runs } from '../../support/laws.ts'
import { expectPromises } from '../promises.ts'
import { assessStory, contextOf, proposalOf, readStory, type Story } from '../story.ts'
import { takeSuggestion } from '../suggested.ts'

const numRuns = runs(10, 2_000)
const bookinfo = readStory('takes-logs')
const codeowners = bookinfo.base.filter(({ path }) => path.startsWith('.github/'))

const story = bookinfoEdit.map(
  ([base, head]): Story => ({ ...bookinfo, base: [...base, ...codeowners], head: [...head, ...codeowners] }),
)

it('whoever takes a suggestion has fewer faults or asks fewer teams, and nobody else has a change', () => {
  fc.assert(
    fc.property(story, (proposed) => {
      const before = assessStory(proposed)
      const own = new Set(proposalOf(proposed).changed.map(({ path }) => path))
      const report = expectPromises(before, contextOf(proposed))
      for (const comment of report.reviewComments) {
        const taken = takeSuggestion(proposed, comment)
        if (taken === undefined) continue
        const { comparison, findings, requirements, obstructions } = assess(proposalOf(taken))
        const blocking = findings.filter((each) => each.status === 'introduced' && each.effect === 'block')
        const others = comparison.changes
          .flatMap(({ touched, told }) => [...touched, ...told])
          .filter(({ owners }) => ![...own].some((path) => owners.some((owner) => ownsFile(owner, path))))

        expect(obstructions).toEqual([])
        expect(others).toEqual([])
        expect(blocking.length + requirements.length).toBeLessThan(
          before.decision.blocking.length + before.decision.requirements.length,
        )
      }
    }),
    { numRuns },
  )
})

function ownsFile(owner: string, path: string): boolean {
  const folders: Readonly<Record<string, string>> = {
    '@bookinfo/login': 'teams/login/',
    '@bookinfo/catalog': 'teams/catalog/',
    '@bookinfo/mesh-admins': 'mesh/',
  }
  return path.startsWith(folders[owner] ?? '?')
}
