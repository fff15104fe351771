import { canonicalJson } from '../../manifest/json.ts'
import { effectOf } from '../../policy/configuration/effect.ts'
import type { Policy } from '../../policy/configuration/policy.ts'
import { notDeployed } from '../../rules/input/not-deployed.ts'
import type { Finding } from '../../rules/rule.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { quoted, say } from '../../words/phrase.ts'
import { foldersOf } from '../folders.ts'
import { readComplaint } from './complaint.ts'
import { type ChartOutput, isRenderable, type Release, type RenderedPair } from './release.ts'

/** The releases that helm refuses to render: nothing of them is applied any more, and the cluster keeps what it has. */
export function notDeployedFindings(
  rendered: readonly RenderedPair[],
  merged: readonly SourceFile[],
  policy: Policy,
): readonly Finding[] {
  const { id, severity } = notDeployed
  const effect = effectOf(notDeployed, policy)
  if (effect === 'off') return []
  const folders = foldersOf(merged)
  return rendered.flatMap(({ pair, before, after }) => {
    if (!isRenderable(pair.after) || after?.kind !== 'refused') return []
    const { text, range } = readComplaint(after.complaint, pair.after, folders)
    return {
      rule: id,
      code: 'not-deployed' as const,
      severity,
      effect,
      status: statusOf(before),
      clause: say`Nothing of ${quoted(nameOf(pair.after))} is deployed any more: helm refuses to render it`,
      range,
      because: [{ clause: say`helm says: ${quoted(text)}` }],
      todo: say`Repair the chart or its values; until then the cluster keeps what it has`,
      resource: '',
      mesh: '',
      fingerprint: canonicalJson(['not-deployed', pair.key]),
      teams: [],
    }
  })
}

function statusOf(before: ChartOutput | undefined): Finding['status'] {
  return before?.kind === 'refused' ? 'existing' : 'introduced'
}

function nameOf({ key, chart }: Release): string {
  return key === 'Chart ' ? '.' : key.startsWith('Chart ') ? chart : key
}
