import type { Mistake } from '../source/diagnostic.ts'
import { type CodeownersFaultCode, codeownersFault } from './codeowners-fault.ts'

const user = /^@[A-Za-z0-9_-]+$/
const team = /^@[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/
const email = /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/

/**
 * Whether the form of an owner is wrong: it must be `@user`, `@org/team` or an e-mail address (GitHub's `Invalid
 * owner`). Whether that owner exists and may write is not visible in the text.
 */
export function ownerFault(word: string): Mistake<CodeownersFaultCode> | undefined {
  if (user.test(word) || team.test(word) || email.test(word)) return undefined
  if (/^@?[^@]+\[bot\]$/.test(word)) return codeownersFault('owner-app', word)
  return codeownersFault(word.includes('@') ? 'owner-form' : 'owner-sign', word)
}

/** An owner without the sign by which GitHub mentions it; addresses have none. */
export function withoutSign(owner: string): string {
  return owner.replace(/^@/, '')
}
