/** Why a word cannot be an owner, and what to write instead. */
export interface OwnerFault {
  readonly message: string
  readonly advice: string
}

const user = /^@[A-Za-z0-9_-]+$/
const team = /^@[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/
const email = /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/
const advice = 'Write `@user`, `@org/team` or the e-mail address of a GitHub account.'

/**
 * Whether the form of an owner is wrong: it must be `@user`, `@org/team` or an e-mail address (GitHub's `Invalid
 * owner`). Whether that owner exists and may write is not visible in the text.
 */
export function ownerFault(word: string): OwnerFault | undefined {
  if (user.test(word) || team.test(word) || email.test(word)) return undefined
  if (/^@?[^@]+\[bot\]$/.test(word)) {
    return {
      message: 'an App cannot be a code owner',
      advice: 'Name the people who answer for what it does.',
    }
  }
  if (!word.includes('@')) return { message: 'it has no `@`', advice }
  return { message: 'it is neither a user, nor a team, nor an e-mail address', advice }
}
