/** Facts without which there is no verdict, in words that say nothing of what is kept from us. */
const facts = {
  teams: 'who is in teams (permission members: read)',
  'default-configuration': "the configuration in the owner's repository .github",
} as const

/** One of them. */
export type Fact = keyof typeof facts

/** What the forge has thrown, as an error that says which fact is missing by it. */
export function missing(fact: Fact, cause: Error): Error {
  return Object.assign(cause, { fact })
}

/** The forge refuses to say it, as long as nobody lets us see it. */
export function refusalOf(fact: Fact): Error {
  return missing(fact, Object.assign(new Error(`GitHub does not say ${facts[fact]}`), { status: 403 }))
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
