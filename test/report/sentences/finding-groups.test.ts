import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/domain/rules/rule.ts'
import { writeReport } from '../../../src/report/github/report.ts'
import { terminalCheck } from '../../../src/report/page/text/check-text.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { groupsOf } from '../../../src/report/sentences/finding-groups.ts'
import { barePage } from '../../support/bare-page.ts'
import { hugeStory } from '../huge.ts'
import { assessStory, contextOf, type Story } from '../story.ts'

const secondary = (name: string, more = '') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: left-over }\nspec:\n  http: [{ route: [{ destination: { host: a } }] }]\n${more}`

/** Secondaries of many teams are deleted, others are left over, and two have hosts of their own. */
function noisyStory(): Story {
  const huge = hugeStory(20, 'rules: { orphan-secondary: report }\n')
  const isDeleted = ({ path }: { readonly path: string }) => /team-(?:0[1-9]|1[0-2])\/vs/.test(path)
  const withHosts = huge.base
    .filter(({ path }) => /team-1[34]\/vs/.test(path))
    .map(({ path, text }) => ({ path, text: text.replace('spec:\n', 'spec:\n  hosts: [own.example]\n') }))
  const changed = new Set(withHosts.map(({ path }) => path))
  return {
    ...huge,
    head: [
      ...huge.base.filter((file) => !isDeleted(file) && !changed.has(file.path)),
      ...withHosts,
      ...Array.from({ length: 42 }, (_, at) => ({
        path: `a/${String(at).padStart(2, '0')}.yaml`,
        text: secondary(`left-${at}`),
      })),
    ],
  }
}

describe('many findings of one kind', () => {
  const story = noisyStory()
  const assessment = assessStory(story)

  it('fold into one line of the text, those that block first', async () => {
    const text = terminalCheck(assessment, endless)

    expect(text.split('\n').length).toBeLessThanOrEqual(100)
    expect(text).toMatch(/^\.\.\. and \d+ more: firebreak check --format html$/m)
    expect(text).toContain('  error  missing-secondary')
    await expect(text).toMatchFileSnapshot('./golden/many-findings.expected.txt')
  })

  it('of the check and of the comment', async () => {
    const { summary, comment } = writeReport(assessment, contextOf(story))

    expect(summary).toContain('`orphan-secondary`: ... and 37 more of this kind')
    expect(summary.lastIndexOf('**blocks**')).toBeLessThan(summary.indexOf('`orphan-secondary`'))
    await expect(summary).toMatchFileSnapshot('./golden/many-findings.check.expected.md')
    await expect(comment).toMatchFileSnapshot('./golden/many-findings.comment.expected.md')
  })

  it('and of the page', () => {
    expect(barePage(assessment)).toContain('<code>orphan-secondary</code> ... and 37 more of this kind')
  })

  it('law: everything is shown or counted, once, and never one alone is only counted', () => {
    const finding = fc.record({
      rule: fc.constantFrom('a', 'b'),
      code: fc.constantFrom('a.x', 'a.y'),
      effect: fc.constantFrom('block', 'report', 'require-approval'),
      status: fc.constantFrom('introduced', 'existing'),
      severity: fc.constantFrom('error', 'warning', 'info'),
    }) as unknown as fc.Arbitrary<Finding>
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 60 }), (findings) => {
        const groups = groupsOf(findings)
        const shown = groups.flatMap((group) => group.shown)

        expect(shown.length + groups.reduce((sum, { more }) => sum + more, 0)).toBe(findings.length)
        expect(new Set(shown).size).toBe(shown.length)
        expect(groups.map(({ more }) => more)).not.toContain(1)
        const blocks = ({ effect, status }: Finding) => effect === 'block' && status === 'introduced'
        expect(shown.findLastIndex(blocks)).toBe(shown.filter(blocks).length - 1)
      }),
    )
  })
})
