import type { Journal, Weakness } from '../app/journal.ts'
import type { Log } from '../app/ports.ts'

const weakness: Readonly<Record<Weakness, string>> = {
  forgets: 'the store writes nothing to disk (save, appendonly): what was accepted is lost when it ends',
  evicts: 'the store may drop what was accepted when it is full: set maxmemory-policy to noeviction',
  unknown: 'whether the store keeps what was accepted cannot be known: it refuses CONFIG GET',
}

/** Says what may become of accepted events, as soon as the store can be asked. */
export async function sayWeaknesses(journal: Pick<Journal, 'weaknesses'>, log: Log): Promise<void> {
  for (const each of await journal.weaknesses()) log.warn({ weakness: each }, weakness[each])
}
