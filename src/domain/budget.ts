/** What happens beyond a budget. */
export const beyond = {
  uncertain: 'It is not looked into: a change that hangs on it names a doubt.',
  unsaid: 'Nothing is claimed.',
  plainer: 'It is said in plainer words.',
  counted: 'The rest is counted, not shown.',
  fault: 'It is not read, and a finding says so.',
  all: 'It is taken to mean everything that it could.',
  forgotten: 'The oldest is worked out anew when it is needed.',
  waits: 'The others wait their turn.',
  'gives-up': 'The evaluation fails, says why, and is tried again when asked for.',
  refused: 'GitHub would refuse it: it is cut, or sent in several parts.',
  'turned-away': 'The request is refused; what is missed by that is asked for once more.',
  kept: 'It is left to the next server, which finds it in the journal.',
  'not-known': 'It counts as not known, and whatever hangs on it does not pass.',
} as const

/** One limit of work or of size. */
export interface Budget {
  readonly size: number
  readonly unit: string
  readonly beyond: keyof typeof beyond
  /** What it limits. */
  readonly of: string
}

export function budget(size: number, unit: string, after: keyof typeof beyond, of: string): Budget {
  return { size, unit, beyond: after, of }
}

const mebi = 2 ** 20

/** `5 MB`: a budget of bytes, or of characters, as a sentence has it. */
export function inMegabytes({ size }: Pick<Budget, 'size'>): string {
  return `${Math.floor(size / mebi)} MB`
}
