import type { Assessment } from '../domain/policy/judgement.ts'
import { trafficCounter } from '../domain/traffic/traffic-counter.ts'
import type { WrittenReport } from '../report/github/report.ts'
import { withTraffic } from '../report/github/traffic-markdown.ts'
import type { Log } from './log.ts'
import type { PullRequest } from './ports.ts'
import type { TrafficLogs } from './traffic-port.ts'

/**
 * The report with what would become of the requests that were made; it says so where there are no logs to be read. Told beside the
 * verdict, of which it is no part: whatever fails here takes nothing from that.
 */
export async function tellTraffic(
  report: WrittenReport,
  assessment: Assessment,
  { pull, traffic, log }: { readonly pull: PullRequest; readonly traffic?: TrafficLogs; readonly log: Log },
): Promise<WrittenReport> {
  const { comparison } = assessment
  if (traffic === undefined || comparison.changes.length === 0) return report
  const { owner, repo } = pull.ref
  try {
    const kept = await traffic.of(pull.ref)
    if (kept === undefined || kept === 'unreadable')
      return kept === undefined ? report : withTraffic(report, kept, assessment)
    const counter = trafficCounter(comparison)
    for (const request of kept.requests) counter.add(request)
    const told = {
      source: `${owner}/${repo}`,
      read: kept.read,
      counted: counter.counted(),
      beyond: kept.beyond,
    }
    return withTraffic(report, told, assessment)
  } catch (error) {
    log.warn({ err: error, ...pull.ref }, 'traffic could not be told')
    return report
  }
}
