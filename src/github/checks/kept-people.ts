import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { PeopleAsked, PeopleGrounds } from '../../app/people-asked.ts'
import { budgets } from '../../domain/budgets.ts'

const frame = /^<!-- firebreak:people (?<packed>[\w+/=]+) -->$/m

const longest = budgets.peopleAsked.size

/** Of what is unpacked: nothing that we have packed is larger. */
const mostBytes = 1_000 * longest

function linesOf({ asked, key }: PeopleGrounds): string {
  const { owners, logins, reviewers, codeowners } = asked
  return [key, codeowners, ...[owners, logins, reviewers].map((names) => names.join(' '))].join('\n')
}

/** What a verdict asked about people, in a comment that nobody sees; nothing where that is too long. Neither owners nor logins hold spaces. */
export function peopleText(people: PeopleGrounds | undefined): string {
  if (people === undefined) return ''
  const text = `<!-- firebreak:people ${deflateRawSync(linesOf(people)).toString('base64')} -->`
  return text.length > longest ? '' : text
}

function unpacked(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes }).toString()
  } catch {
    return undefined
  }
}

/** What a check run of ours keeps of that; undefined where it keeps nothing that can be read. */
export function peopleIn(text: string | null): PeopleGrounds | undefined {
  const packed = frame.exec(text ?? '')?.groups?.['packed']
  const lines = packed === undefined ? undefined : unpacked(packed)?.split('\n')
  if (lines?.length !== 5) return undefined
  const [key = '', codeowners, ...lists] = lines
  const [owners = [], logins = [], reviewers = []] = lists.map(namesIn)
  if (codeowners !== 'asked' && codeowners !== 'not-asked') return undefined
  return { asked: { owners, logins, reviewers, codeowners }, key }
}

function namesIn(line: string): PeopleAsked['owners'] {
  return line === '' ? [] : line.split(' ')
}
