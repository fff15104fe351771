import { within } from '../app/within.ts'

/** What a server needs to accept events. */
export type Part = 'store' | 'app' | 'accepting'

export interface ReadinessOptions {
  /** Each resolves to what is missing of the part, or undefined; a failure is what is missing. */
  readonly parts: Readonly<Record<Part, () => Promise<string | undefined>>>
  /** How many milliseconds a part is waited for. */
  readonly patience: number
}

/** What is missing of each part that is not ready; resolves in time, whatever does not answer. */
export type Readiness = () => Promise<ReadonlyMap<Part, string>>

export function createReadiness({ parts, patience }: ReadinessOptions): Readiness {
  return async () => {
    const asked = Object.entries(parts) as [Part, () => Promise<string | undefined>][]
    const answers = await Promise.all(
      asked.map(async ([part, ask]) => [part, await answerWithin(patience, ask)] as const),
    )
    return new Map(answers.flatMap(([part, missing]) => (missing === undefined ? [] : [[part, missing]])))
  }
}

async function answerWithin(
  milliseconds: number,
  ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const answer = ask().catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  return within(milliseconds, answer).catch(() => 'it does not answer')
}
