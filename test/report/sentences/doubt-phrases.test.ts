import { expect, it } from 'vitest'
import { checkSummary } from '../../../src/report/github/check-summary.ts'
import { summaryComment } from '../../../src/report/github/summary-comment.ts'
import { checkJson } from '../../../src/report/page/json/check-json.ts'
import { terminalCheck } from '../../../src/report/page/text/check-text.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { viewOf } from '../../../src/report/sentences/view.ts'
import { barePage } from '../../support/bare-page.ts'
import { contractErrors } from '../check-contract.ts'
import { assessStory, type Story } from '../story.ts'

const virtualService = (port: number, more = '') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: ns}
spec:
  hosts: [x.example]
  gateways: [gw]${more}
  http:
  - match: [{uri: {regex: '/mine/.*a.{20}'}}]
    route: [{destination: {host: a, port: {number: ${port}}}}]
`

function story(before: string, after: string): Story {
  const other = (text: string) => ({ path: 'other/vs.yaml', text })
  const unrelated = virtualService(80, '\n  exportTo: [elsewhere]')
    .replaceAll('vs,', 'other,')
    .replace('x.ex', 'y.ex')
  return {
    name: 'doubts',
    base: [{ path: 'mine/vs.yaml', text: before }, other(unrelated)],
    head: [{ path: 'mine/vs.yaml', text: after }, other(unrelated)],
    cast: { author: 'me' },
    members: {},
  }
}

const large = assessStory(story(virtualService(80), virtualService(81)))
const hidden = assessStory(
  story(virtualService(80, '\n  exportTo: [elsewhere]'), virtualService(81, '\n  exportTo: [elsewhere]')),
)
const view = viewOf(large)
const reason = 'is too large to be looked into'

it('every reader sees in the row why it is not certain, where, and what would settle it', () => {
  const told = [
    terminalCheck(large, endless),
    checkSummary(view, { isRequested: () => false }),
    summaryComment(view, () => false),
    barePage(large),
  ]
  for (const text of told) {
    expect(text).toContain(reason)
    expect(text).toMatch(/mine\/vs\.yaml(?:`|<\/code>)?, line 9/)
    expect(text).toMatch(/as several shorter patterns/)
    expect(text).not.toContain('what is not in Git')
  }
})

it('programs read the code, the sentence and the place', () => {
  const json = checkJson(large)

  expect(contractErrors(json)).toEqual([])
  expect(json).toMatchObject({
    changes: [
      {
        certain: false,
        because: [
          { code: 'pattern-too-large', text: expect.stringContaining(reason), file: 'mine/vs.yaml', line: 9 },
        ],
      },
    ],
  })
})

it('what was taken for granted is what stands behind a change of this pull request', () => {
  const codes = (assessment: typeof large) => assessment.assumptions.map(({ cause }) => cause.code)

  expect(codes(large)).toEqual(['gateway-elsewhere', 'pattern-too-large'])
  expect(codes(hidden)).toEqual(['gateway-elsewhere', 'pattern-too-large', 'pods-unknown'])
  expect(codes(assessStory(story(virtualService(80), `${virtualService(80)}# a comment\n`)))).toEqual([])
})

it('the block to paste stands as it is to be written', () => {
  const block = 'istio:\n  gatewayNamespaces: [istio-ingress]'

  expect(summaryComment(viewOf(hidden), () => false)).toContain(`\`\`\`yaml\n${block}\n\`\`\``)
  expect(barePage(hidden)).toContain(`<pre>${block}</pre>`)
  expect(terminalCheck(hidden, endless)).toContain('\n    istio:\n      gatewayNamespaces: [istio-ingress]')
})
