import { budgets } from '../../domain/budgets.ts'
import type { DeliveryFacts, Fact } from '../../domain/installation/facts.ts'
import type { Asked } from './asked.ts'

/** What GitHub has sent of late about the account; it tells so to the App itself alone. */
export async function readLastDeliveries(
  { app, owner, repo }: Asked,
  covered: boolean,
): Promise<Fact<DeliveryFacts>> {
  if (app === undefined) return { missing: 'app-key' }
  if (!covered) return { known: { events: 0, missed: [] } }
  const { data: installation } = await app.rest.apps.getRepoInstallation({ owner, repo })
  const { data } = await app.rest.apps.listWebhookDeliveries({ per_page: budgets.examinedDeliveries.size })
  const own = data.filter(({ installation_id }) => installation_id === installation.id)
  const byEvent = [...Map.groupBy(own, ({ guid }) => guid).values()]
  const lost = byEvent.filter((attempts) => attempts.every(({ status }) => status !== 'OK'))
  return {
    known: {
      events: byEvent.length,
      missed: lost.flatMap(([latest]) =>
        latest === undefined ? [] : [{ event: latest.event, status: latest.status, at: latest.delivered_at }],
      ),
    },
  }
}
