import type { Assessment } from '../../domain/policy/judgement.ts'
import { rules } from '../../domain/rules/index.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import type { Severity } from '../../domain/source/diagnostic.ts'
import { positionAt, positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { ended, plainSentence } from '../../domain/words/sentence.ts'
import { fingerprint } from '../print/fingerprint.ts'
import { toldFindings } from '../sentences/told-findings.ts'
import { viewOf } from '../sentences/view.ts'
import { titleOf } from '../title/title.ts'
import { alertRules } from './alert-rules.ts'
import { type Alert, alertsOf } from './alerts.ts'
import type { Spot } from './spot.ts'

/** Whose log it is, and where its pages stand. */
export interface SarifDriver {
  readonly version: string
  /** The address of the repository of the program. */
  readonly homepage: string
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** What GitHub calls the three levels of a rule. */
const severities: Readonly<Record<string, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
}

const states: Readonly<Record<Finding['status'], string>> = {
  introduced: 'new',
  existing: 'unchanged',
  fixed: 'absent',
}

/**
 * The findings, the traffic that changes for others and the approvals that are missing, as SARIF 2.1.0 as GitHub reads it: one run, every
 * rule of the catalogue, exact regions in UTF-16 columns, and a short name for each result that does not change when lines move.
 */
export function sarifLog(assessment: Assessment, driver: SarifDriver): object {
  const { decision } = assessment
  const view = viewOf(assessment)
  const results = [
    ...toldFindings(assessment).filter(isThere).map(resultOfFinding),
    ...alertsOf(view).map(resultOfAlert),
  ]
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Firebreak',
            version: driver.version,
            semanticVersion: driver.version,
            informationUri: driver.homepage,
            rules: catalogue.map((rule) => descriptorOf(rule, driver)),
          },
        },
        automationDetails: { id: 'firebreak/' },
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
        properties: { conclusion: decision.conclusion, verdict: { text: titleOf(view) } },
        results: withFingerprints(results),
      },
    ],
  }
}

/** What is fixed is not there any more; readers that know no baseline would take it for new. */
function isThere({ effect, status }: Finding): boolean {
  return effect !== 'off' && status !== 'fixed'
}

interface Descriptor {
  readonly id: string
  readonly summary: string
  readonly level: string
  /** The page of the rule, in the repository. */
  readonly page: string
}

/** Everything that a result may be: what can be wrong, then what is only to be looked at. */
const catalogue: readonly Descriptor[] = [
  ...rules.map(({ id, summary, severity }) => ({
    id,
    summary,
    level: levels[severity] ?? 'warning',
    page: `docs/rules/${id}.md`,
  })),
  ...Object.entries(alertRules).map(([id, summary]) => ({
    id,
    summary,
    level: 'warning',
    page: `docs/ownership.md`,
  })),
]

function descriptorOf({ id, summary, level, page }: Descriptor, { homepage }: SarifDriver): object {
  const address = `${homepage}/blob/main/${page}`
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: `${summary} Why that matters, and what to do, is told in ${page}.` },
    helpUri: address,
    help: {
      text: `${summary} See ${address}`,
      markdown: `${summary} [What to do](${address}).`,
    },
    defaultConfiguration: { level },
    properties: {
      precision: 'very-high',
      'problem.severity': severities[level],
      tags: ['istio', 'routing'],
    },
  }
}

/** A result before it is known whether another one is called the same. */
interface Result {
  readonly key: string
  readonly body: object
}

/** Equal results are told apart by their order: `HASH:1`, `HASH:2`, as GitHub writes what it works out itself. */
function withFingerprints(results: readonly Result[]): readonly object[] {
  const seen = new Map<string, number>()
  return results.map(({ key, body }) => {
    const hash = fingerprint(key)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    const name = `${hash}:${count}`
    return { ...body, partialFingerprints: { primaryLocationLineHash: name, 'firebreak/1': name } }
  })
}

function ruled(id: string, level: string): object {
  return { ruleId: id, ruleIndex: catalogue.findIndex((each) => each.id === id), level }
}

function resultOfFinding(finding: Finding): Result {
  const { rule, severity, status, range, because, todo, mesh, resource } = finding
  const text = [plainSentence(finding), ...(todo === undefined ? [] : [plainOf(ended(todo))])].join(' ')
  const related = because.flatMap((note, id) =>
    note.range === undefined
      ? []
      : [{ id, message: { text: plainSentence(note) }, ...locationOf(note.range) }],
  )
  return {
    key: [rule, mesh, resource, finding.fingerprint].join('\n'),
    body: {
      ...ruled(rule, levels[severity]),
      baselineState: states[status],
      message: { text },
      ...(range && { locations: [locationOf(range)] }),
      ...(related.length > 0 && { relatedLocations: related }),
    },
  }
}

function resultOfAlert({ rule, level, message, spot, key }: Alert): Result {
  return {
    key,
    body: {
      ...ruled(rule, level),
      baselineState: 'new',
      message: { text: plainOf(message) },
      ...(spot && { locations: [locationOfSpot(spot)] }),
    },
  }
}

function locationOfSpot({ path, startLine, line }: Spot): object {
  return {
    physicalLocation: { artifactLocation: artifactOf(path), region: { startLine, endLine: line } },
  }
}

function locationOf(range: SourceRange): object {
  const start = positionOf(range)
  const end = positionAt(range.file, Math.max(range.start, range.end))
  return {
    physicalLocation: {
      artifactLocation: artifactOf(range.file.path),
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  }
}

/** A relative reference, from the root of the repository: no segment may pass for a scheme, and only what RFC 3986 allows stays as it is. */
function artifactOf(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' }
}
