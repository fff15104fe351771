import { join } from 'node:path'
import type { KeptTraffic, TrafficLogs } from '../app/traffic-port.ts'
import { budgets } from '../domain/budgets.ts'
import { detached } from '../domain/traffic/detached.ts'
import type { TrafficRequest } from '../domain/traffic/traffic-request.ts'
import { readTraffic } from './read-traffic.ts'

type Found = KeptTraffic | 'unreadable'

interface Kept {
  readonly at: number
  /** What was read last, or is read for the first time. */
  answer: Promise<Found>
}

/**
 * The logs in `DIRECTORY/OWNER/REPO`, read when somebody first asks and again after a while; until that is done the older answer
 * stands. Of their requests the different ones are kept, as many as the budget allows, and of the others how many there were.
 */
export function createTrafficLogs(directory: string, now: () => number): TrafficLogs {
  const kept = new Map<string, Kept>()
  return {
    async of({ owner, repo }) {
      const name = `${owner}/${repo}`.toLowerCase()
      const known = kept.get(name)
      if (known !== undefined && now() - known.at < budgets.trafficRefresh.size * 1000) return known.answer
      const found = readKept(directory, [owner, repo])
      const reading: Kept = { at: now(), answer: known?.answer ?? found }
      kept.delete(name)
      kept.set(name, reading)
      const [oldest] = kept.keys()
      if (kept.size > budgets.trafficRepositories.size && oldest !== undefined) kept.delete(oldest)
      void found.then(() => {
        reading.answer = found
      })
      return reading.answer
    },
  }
}

async function readKept(directory: string, names: readonly string[]): Promise<Found> {
  if (!names.every((name) => /^(?!\.{1,2}$)[\w.-]+$/.test(name))) return 'unreadable'
  const requests = new Map<string, TrafficRequest>()
  let beyond = 0
  try {
    const read = await readTraffic(
      join(directory, ...names),
      (request) => {
        const kept = withoutQuery(request)
        const key = JSON.stringify(kept, (field, value) => (field === 'count' ? undefined : value))
        const known = requests.get(key)
        const isKept = key.length <= budgets.trafficKey.size && requests.size < budgets.trafficKept.size
        if (known === undefined && !isKept) beyond += request.count
        else requests.set(key, { ...(known ?? detached(kept)), count: kept.count + (known?.count ?? 0) })
      },
      budgets.trafficKeptBytes.size,
    )
    return { read, requests: [...requests.values()], beyond }
  } catch {
    return 'unreadable'
  }
}

/** Queries are as many as there are requests. */
function withoutQuery(request: TrafficRequest): TrafficRequest {
  const end = request.path.search(/[?#]/)
  return end === -1 ? request : { ...request, path: request.path.slice(0, end), queryUnknown: true }
}
