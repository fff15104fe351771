import type { Assessment } from '../../domain/policy/judgement.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { visible } from '../../domain/words/visible.ts'
import { verdictOf } from '../sentences/verdict.ts'
import { viewOf } from '../sentences/view.ts'
import { titleOf } from '../title/title.ts'
import { type Alert, alertsOf } from './alerts.ts'
import { type LineAnnotation, remarksOf } from './annotations.ts'

const commands: Readonly<Record<LineAnnotation['level'], string>> = {
  failure: 'error',
  warning: 'warning',
  notice: 'notice',
}

/**
 * The verdict, the findings, the traffic that changes for others and the approvals that are missing as workflow commands of GitHub Actions,
 * one a line. Values are escaped as the runner's toolkit does it, so that a name from a manifest can neither end its command nor begin
 * another.
 */
export function workflowCommands(assessment: Assessment): string {
  const view = viewOf(assessment)
  const alerts = alertsOf(view).flatMap(annotationOf)
  const lines = [...remarksOf(assessment.findings), ...alerts].map(commandOf)
  const { kind } = verdictOf(assessment)
  const good = kind === 'ok' || kind === 'overridden'
  const command = good ? 'notice' : kind === 'waiting' ? 'warning' : 'error'
  const verdict = `::${command} title=Firebreak::${workflowMessage(titleOf(view))}`
  return `${[verdict, ...lines].join('\n')}\n`
}

function annotationOf({ rule, level, message, spot }: Alert): readonly LineAnnotation[] {
  if (spot === undefined) return []
  return [
    {
      path: spot.path,
      startLine: spot.startLine,
      endLine: spot.line,
      level: level === 'note' ? 'notice' : level,
      title: rule,
      message: plainOf(message),
    },
  ]
}

function commandOf(annotation: LineAnnotation): string {
  const { level, path, startLine, endLine, startColumn, endColumn, title, message } = annotation
  const properties = [
    `file=${propertyOf(path)}`,
    `line=${startLine}`,
    `endLine=${endLine}`,
    ...(startColumn === undefined ? [] : [`col=${startColumn}`]),
    ...(endColumn === undefined ? [] : [`endColumn=${endColumn}`]),
    `title=${propertyOf(title)}`,
  ]
  return `::${commands[level]} ${properties.join(',')}::${workflowMessage(message)}`
}

/** The text of a command: `%`, line breaks (the runner ends a command at either kind), and what else would not be seen in a log. */
export function workflowMessage(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line).replaceAll('%', '%25'))
    .join('%0A')
}

/** A property of a command, such as its file. */
export function propertyOf(text: string): string {
  return workflowMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
