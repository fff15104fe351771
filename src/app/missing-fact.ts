/** Facts without which there is no verdict, in words that say nothing of what is kept from us. */
const facts = {
  'default-configuration': "the configuration in the owner's repository .github",
} as const

/** One of them. */
export type Fact = keyof typeof facts

/** What the forge has thrown, as an error that says which fact is missing by it. */
export function missing(fact: Fact, cause: Error): Error {
  return Object.assign(cause, { fact })
}

/** Which fact is missing by an error; undefined where none is named. */
export function factOf(error: unknown): Fact | undefined {
  if (typeof error !== 'object' || error === null || !('fact' in error)) return undefined
  const { fact } = error
  return Object.keys(facts).find((each): each is Fact => each === fact)
}

/** The words for it. */
export function factWords(fact: Fact): string {
  return facts[fact]
}
