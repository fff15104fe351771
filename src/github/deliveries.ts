import { budgets } from '../domain/budgets.ts'
import type { GitHubClient } from './client.ts'

/** What was refused this often would be refused again. */
const mostAttempts = budgets.deliveryAttempts.size

/** Pages of 100, newest first. */
const pageLimit = budgets.deliveryPages.size

interface Attempt {
  readonly id: number
  readonly guid: string
  readonly status: string
  readonly delivered_at: string
}

async function readAttempts(client: GitHubClient, since: string): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = []
  const pages = client.paginate.iterator(client.rest.apps.listWebhookDeliveries, { per_page: 100 })
  let read = 0
  for await (const { data } of pages) {
    const recent = data.filter(({ delivered_at }) => Date.parse(delivered_at) >= Date.parse(since))
    attempts.push(...recent)
    if (recent.length < data.length || ++read === pageLimit) break
  }
  return attempts
}

/**
 * Has GitHub deliver once more each event of which no attempt has arrived, since it never does so by itself (REST,
 * "Redeliver a delivery for an app webhook"). Asks as the App; GitHub keeps deliveries for three days. Returns how many.
 */
export async function redeliverLost(client: GitHubClient, since: string): Promise<number> {
  const byEvent = Map.groupBy(await readAttempts(client, since), ({ guid }) => guid)
  const lost = [...byEvent.values()].filter(
    (attempts) => attempts.length < mostAttempts && attempts.every(({ status }) => status !== 'OK'),
  )
  for (const [latest] of lost) {
    if (latest === undefined) continue
    await client.rest.apps.redeliverWebhookDelivery({ delivery_id: latest.id })
  }
  return lost.length
}
