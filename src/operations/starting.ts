import type { Log } from '../app/log.ts'
import type { Journal, Weakness } from '../app/work/journal.ts'
import { type AppCheck, type Standing, wrongWith } from '../github/app-check.ts'
import type { Lack } from '../github/app-needs.ts'

const weakness: Readonly<Record<Weakness, string>> = {
  forgets: 'the store writes nothing to disk (save, appendonly): what was accepted is lost when it ends',
  evicts: 'the store may drop what was accepted when it is full: set maxmemory-policy to noeviction',
  unknown: 'whether the store keeps what was accepted cannot be known: it refuses CONFIG GET',
}

/** Says what may become of accepted events, as soon as the store can be asked. */
export async function sayWeaknesses(journal: Pick<Journal, 'weaknesses'>, log: Log): Promise<void> {
  for (const each of await journal.weaknesses()) log.warn({ weakness: each }, weakness[each])
}

/** GitHub refuses what is signed for a time that is not its own. */
const tolerated = 30

/** Says what is wrong with the App as GitHub has it, a line for each, with what is lost by that; the rest once GitHub accepts it. */
export async function sayStanding(check: Omit<AppCheck, 'missing'>, log: Log): Promise<void> {
  const standing = await check.standing()
  if (standing.kind !== 'accepted') {
    log.error({ standing: standing.kind }, wrongWith(standing) ?? '')
    void check.accepted.then(async () => sayGranted(await check.standing(), check, log))
    return
  }
  await sayGranted(standing, check, log)
}

async function sayGranted(
  standing: Standing,
  check: Pick<AppCheck, 'lacksOfInstallations'>,
  log: Log,
): Promise<void> {
  if (standing.kind !== 'accepted') return
  const { lacks, secondsAhead } = standing
  if (Math.abs(secondsAhead) > tolerated) {
    const seconds = Math.round(secondsAhead)
    log.error(
      { secondsAhead: seconds },
      "this clock is not GitHub's, which refuses what is signed for another time",
    )
  }
  sayLacks(lacks, {}, log)
  for (const [account, some] of await installationsOf(check, log)) sayLacks(some, { account }, log)
}

async function installationsOf(
  check: Pick<AppCheck, 'lacksOfInstallations'>,
  log: Log,
): ReturnType<AppCheck['lacksOfInstallations']> {
  try {
    return await check.lacksOfInstallations()
  } catch (error) {
    log.warn({ err: error }, 'what the installations were granted could not be read')
    return new Map()
  }
}

const lacking: Readonly<Record<Lack['kind'], string>> = {
  permission: 'a permission is missing',
  event: 'an event is not subscribed to',
}

function sayLacks(lacks: readonly Lack[], where: { readonly account?: string }, log: Log): void {
  for (const { kind, needed, lost } of lacks) log.error({ ...where, needed, lost }, lacking[kind])
}
