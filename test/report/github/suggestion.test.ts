import { describe, expect, test } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import { writeReport } from '../../../src/report/github/report.ts'
import type { LineComment } from '../../../src/report/github/review-comments.ts'
import { edited, replacing, unchanged } from '../edited.ts'
import { expectPromises } from '../promises.ts'
import { assessStory, contextOf, proposalOf, readStory, type Story, storyNames } from '../story.ts'
import { takeSuggestion } from '../suggested.ts'

const takesLogs = readStory('takes-logs')
const login = 'teams/login/vs-1.yaml'

function commentsOn(story: Story): readonly LineComment[] {
  return expectPromises(assessStory(story), contextOf(story)).reviewComments
}

function textOf(files: readonly SourceFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? ''
}

describe.each(storyNames())('%s', (name) => {
  const story = readStory(name)
  const owner = new Set(proposalOf(story).changed.map(({ path }) => path))
  const suggested = commentsOn(story).flatMap((comment) => {
    const taken = takeSuggestion(story, comment)
    return taken === undefined ? [] : [taken]
  })

  test('whoever takes a suggestion has no fault left, and nobody else is affected', () => {
    for (const taken of suggested) {
      const { findings, comparison, obstructions } = assess(proposalOf(taken))
      const others = comparison.changes
        .flatMap(({ before, after }) => [before, after])
        .flatMap((route) => route?.from.secondary ?? route?.from.primary ?? [])
        .filter(({ file }) => !owner.has(file.path))

      expect(obstructions).toEqual([])
      expect(findings.filter((each) => each.status === 'introduced' && each.effect === 'block')).toEqual([])
      expect(others).toEqual([])
    }
  })
})

describe('a suggestion', () => {
  test('is what was proposed with the edited lines replaced', () => {
    const [comment] = commentsOn(takesLogs)
    const taken = comment && takeSuggestion(takesLogs, comment)

    expect(textOf(taken?.head ?? [], login)).toBe(
      textOf(takesLogs.head, login).replace('prefix: /log\n', 'prefix: /login\n'),
    )
  })

  test('cannot be closed by backticks in it', () => {
    const story = edited(unchanged(takesLogs), {
      both: {
        [login]: replacing('exact: /login', 'exact: "/log```in`"'),
        '.github/firebreak.yml': 'istio: { pathNormalization: NONE }\n',
      },
      head: { [login]: replacing('exact: "/log```in`"', 'prefix: /log') },
    })
    const [comment] = commentsOn(story)
    const taken = comment && takeSuggestion(story, comment)

    expect(comment?.body).toContain('````suggestion\n            prefix: "/log```in`"\n````')
    expect(textOf(taken?.head ?? [], login)).toContain('prefix: "/log```in`"\n')
  })

  test('is not made of what cannot be seen', () => {
    const story = edited(unchanged(takesLogs), {
      both: { [login]: replacing('exact: /login', 'exact: "/log\\u200bin"') },
      head: { [login]: replacing('exact: "/log\\u200bin"', 'prefix: /log') },
    })

    expect(
      commentsOn(story)
        .map(({ body }) => body)
        .join(''),
    ).not.toContain('suggestion')
  })

  test('keeps the line ends of the file', () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n')
    const story = edited(unchanged(takesLogs), {
      both: { [login]: crlf },
      head: { [login]: replacing('exact: /login', 'prefix: /log') },
    })
    const [comment] = commentsOn(story)
    const taken = comment && takeSuggestion(story, comment)

    expect(comment?.body).not.toContain('\r')
    expect(textOf(taken?.head ?? [], login)).toBe(
      crlf(textOf(takesLogs.base, login)).replace('exact: /login\r\n', 'prefix: /login\r\n'),
    )
  })

  test('stands only where the comment is on exactly its lines', () => {
    const [comment] = commentsOn(takesLogs)
    const elsewhere = new Map([[login, [[8, 9]] as const]])
    const report = writeReport(assessStory(takesLogs), { ...contextOf(takesLogs), diffLines: elsewhere })

    expect(comment).toMatchObject({ startLine: 10, line: 10 })
    expect(report.reviewComments.length).toBeGreaterThan(0)
    expect(report.reviewComments.map(({ body }) => body).join('')).not.toContain('suggestion')
  })

  test('is not offered where the branch may have other lines than the merge', () => {
    const { asPushed: _, ...context } = contextOf(takesLogs)
    const { reviewComments, comment } = writeReport(assessStory(takesLogs), context)

    expect(reviewComments.map(({ body }) => body).join('')).not.toContain('suggestion')
    expect(comment).toContain('Or leave catalog out of it:')
  })
})
