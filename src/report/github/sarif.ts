import type { Assessment } from '../../domain/policy/judgement.ts'
import { rules } from '../../domain/rules/index.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import type { Severity } from '../../domain/source/diagnostic.ts'
import { positionAt, positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { ended, plainSentence } from '../../domain/words/sentence.ts'
import { toldFindings } from '../sentences/told-findings.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

const states: Readonly<Record<Finding['status'], string>> = {
  introduced: 'new',
  existing: 'unchanged',
  fixed: 'absent',
}

/** The findings as SARIF 2.1.0: one run, every rule of the catalogue, exact regions in UTF-16 columns. */
export function sarifLog(assessment: Assessment): object {
  const { decision } = assessment
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'firebreak', rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: decision.obstructions.length === 0,
            toolExecutionNotifications: decision.obstructions.map((obstruction) => ({
              level: 'error',
              message: { text: plainSentence(obstruction) },
              ...(obstruction.range && { locations: [locationOf(obstruction.range)] }),
            })),
          },
        ],
        results: toldFindings(assessment).filter(isThere).map(resultOf),
      },
    ],
  }
}

/** What is fixed is not there any more; readers that know no baseline would take it for new. */
function isThere({ effect, status }: Finding): boolean {
  return effect !== 'off' && status !== 'fixed'
}

function ruleOf({ id, summary, severity }: (typeof rules)[number]): object {
  return {
    id,
    shortDescription: { text: summary },
    help: { text: `${summary} See docs/rules/${id}.md.` },
    defaultConfiguration: { level: levels[severity] },
  }
}

function resultOf(finding: Finding): object {
  const { rule, severity, status, range, because, todo, fingerprint, mesh, resource } = finding
  const text = [plainSentence(finding), ...(todo === undefined ? [] : [plainOf(ended(todo))])].join(' ')
  const related = because.flatMap((note, id) =>
    note.range === undefined
      ? []
      : [{ id, message: { text: plainSentence(note) }, ...locationOf(note.range) }],
  )
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    baselineState: states[status],
    message: { text },
    ...(range && { locations: [locationOf(range)] }),
    ...(related.length > 0 && { relatedLocations: related }),
    partialFingerprints: { 'firebreak/1': [rule, mesh, resource, fingerprint].join('\n') },
  }
}

function locationOf(range: SourceRange): object {
  const start = positionOf(range)
  const end = positionAt(range.file, Math.max(range.start, range.end))
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(range.file.path) },
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  }
}

/** A relative reference: no segment may pass for a scheme, and only what RFC 3986 allows stays as it is. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
