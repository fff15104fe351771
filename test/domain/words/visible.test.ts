import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExplainer } from '../../../src/domain/routing/explain/explain-request.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import { visible, visibleJson } from '../../../src/domain/words/visible.ts'
import { ownPackage } from '../../../src/package-file.ts'
import { writeReport } from '../../../src/report/github/report.ts'
import { sarifLog } from '../../../src/report/github/sarif.ts'
import { workflowCommands } from '../../../src/report/github/workflow-commands.ts'
import { graphHtml } from '../../../src/report/page/graph/graph-page.ts'
import { graphDot, graphJson, graphMermaid } from '../../../src/report/page/graph.ts'
import { graphSvg } from '../../../src/report/page/graph-svg.ts'
import { checkJson } from '../../../src/report/page/json/check-json.ts'
import { explainLine } from '../../../src/report/page/json/explain-json.ts'
import { routesJson } from '../../../src/report/page/json/routes-json.ts'
import { terminalCheck, terminalRoutes } from '../../../src/report/page/text/check-text.ts'
import { explainText } from '../../../src/report/page/text/explain-text.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { edited, replacing, unchanged } from '../../report/edited.ts'
import { assessStory, contextOf, readStory } from '../../report/story.ts'
import { bare, barePage } from '../../support/bare-page.ts'

/** C0 and C1, direction, width, joining, fillers, tags, variation, separators, odd spaces, private use, half a pair. */
const unseen = [
  ...['\u0000', '\u001b', '\u007f', '\u0085', '\u009b', '\u00a0', '\u00ad', '\u034f', '\u061c', '\u115f'],
  ...['\u200b', '\u200e', '\u2028', '\u2029', '\u202e', '\u2066', '\u2800', '\u3000', '\u3164', '\ue000'],
  ...['\ufe0f', '\ufeff', '\ufff9', '\ud800', '\u{e0041}', '\u{e0100}', '\u{1d173}'],
]
const raw = /[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...unseen), fc.constantFrom('a', '[31m', '"', '\\')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

describe('what nobody sees', () => {
  it('is written out, and nothing else is', () => {
    for (const character of unseen)
      expect(visible(`a${character}b`), JSON.stringify(character)).not.toMatch(raw)
    expect(visible('a b é 漢 \u{1f600} \u202e')).toBe('a b é 漢 \u{1f600} \\u{202e}')
  })

  it('is escaped in JSON, which stays the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), hostile, fc.constantFrom(0, 2), (value, text, indent) => {
        const both = { value, [text]: text }

        const written = visibleJson(both, indent)

        expect(written).not.toMatch(raw)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(both)))
      }),
    )
    expect(visibleJson('\u009b\u202e\u{e0041}')).toBe('"\\u009b\\u202e\\udb40\\udc41"')
  })

  it('no format prints raw, wherever it comes from', () => {
    const all = fc.record({ name: hostile, path: hostile, file: hostile, owner: hostile })
    fc.assert(
      fc.property(all, (texts) => {
        for (const [format, written] of formatsOf(texts)) expect(written, format).not.toMatch(raw)
      }),
      { numRuns: 30 },
    )
  })
})

interface Texts {
  readonly name: string
  readonly path: string
  readonly file: string
  readonly owner: string
}

function formatsOf({ name, path, file, owner }: Texts): readonly (readonly [string, string])[] {
  const own = readStory('takes-logs')
  const manifest: SourceFile = {
    path: `teams/${file}.json`,
    text: JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace: 'ns9', labels: { [name]: path } },
      spec: {
        hosts: [`a${path}`, '*'],
        gateways: ['default/bookinfo-gateway', name],
        http: [
          {
            match: [
              { uri: { prefix: `/${path}` }, headers: { [name]: { exact: path } } },
              { uri: { regex: `/${path}(?` } },
            ],
            route: [{ destination: { host: path, subset: name } }],
            headers: { request: { set: { [path]: name } } },
          },
          { delegate: { name: path, namespace: name } },
        ],
      },
    }),
  }
  const story = edited(unchanged(own), {
    both: { '.github/CODEOWNERS': (text) => `${text}/teams/ @bookinfo/${owner}\n` },
    head: {
      [manifest.path]: manifest.text,
      'teams/login/vs-1.yaml': replacing('exact: /login', `prefix: ${JSON.stringify(`/log${path}`)}`),
      '.github/firebreak.yml': `mode: ${JSON.stringify(name)}\n${JSON.stringify(path)}: 1\n`,
    },
  })
  const [assessment, context] = [assessStory(story), contextOf(story)]
  const { comparison } = assessment
  const tables = comparison.merged.meshes.flatMap((mesh) => mesh.tables)
  const {
    title,
    summary,
    comment = '',
    quiet,
    annotations,
    reviewComments,
  } = writeReport(assessment, context)
  const request = {
    method: 'GET',
    scheme: 'http',
    authority: `a${path}`,
    path: `/${path}`,
    headers: { [name]: path },
  }
  const answers = createExplainer(comparison.merged.meshes, assessment.policy.istio).explain(request)
  return [
    ['text', terminalCheck(assessment, endless, context.waysOut)],
    ['json', visibleJson(checkJson(assessment), 2)],
    ['sarif', visibleJson(sarifLog(assessment, ownPackage()), 2)],
    ['html', barePage(assessment)],
    ['github', workflowCommands(assessment)],
    ['title', title],
    ['markdown', [summary, comment, quiet, ...reviewComments.map(({ body }) => body)].join('\n')],
    ['annotations', annotations.flatMap((each) => [each.title, each.message]).join('\n')],
    ['routes', terminalRoutes(tables, endless)],
    ['routes json', visibleJson(routesJson(tables), 2)],
    ['explain', explainText(request, answers, endless, () => undefined)],
    ['explain json', answers.map((answer) => explainLine(request, answer)).join('\n')],
    ['mermaid', graphMermaid(comparison, 'all').lines.join('\n')],
    ['dot', graphDot(comparison)],
    ['svg', graphSvg(comparison)],
    ['graph html', graphHtml(comparison, () => undefined, bare)],
    ['graph json', visibleJson(graphJson(comparison), 2)],
  ]
}
