import type { Json } from './json.ts'

/** One attempt to deliver an event. A redelivery is another attempt with the same GUID. */
export interface Delivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly payload: Json
  readonly body: string
  readonly installationId: number | null
  readonly repositoryId: number | null
  readonly deliveredAt: string
  readonly redelivery: boolean
  status: string
  statusCode: number
  duration: number
  response: string | null
}

/** What happens to the next deliveries of an event: GitHub promises neither order nor delivery. */
export interface DeliveryFault {
  readonly event: string
  readonly action?: string
  readonly effect: 'lose' | 'duplicate' | { readonly delay: number }
  times: number
}
