import { budgets } from '../../domain/budgets.ts'
import type { Team } from '../../domain/ownership/team.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import type { ToldTraffic } from '../../domain/traffic/told-traffic.ts'
import type { TrafficCount, TrafficGroup, TrafficWitness } from '../../domain/traffic/traffic-counter.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { requestsText } from './requests/request-phrase.ts'
import type { View } from './view.ts'

/** A group of requests, and those of them that were made most often. */
interface GroupWords {
  readonly what: Phrase
  readonly mostOften: Phrase
}

/** What traffic there was, and what would become of it. */
export interface TrafficWords {
  readonly head: Phrase
  readonly groups: readonly GroupWords[]
  /** By team, by host, and what could not be read or is not known. */
  readonly notes: readonly Phrase[]
}

/** `12,345`. */
function number(count: number): string {
  return count.toLocaleString('en')
}

/** `0.3 %`. */
function share(count: number, of: number): string {
  const percent = (100 * count) / of
  if (percent > 0 && percent < 0.1) return 'less than 0.1 %'
  return `${Math.round(percent * 10) / 10} %`
}

/** `3,412`, `perhaps 12`, `3,412 and perhaps 12 more`. */
function countWords({ certain, perhaps }: TrafficCount): string {
  if (perhaps === 0) return number(certain)
  return certain === 0
    ? `perhaps ${number(perhaps)}`
    : `${number(certain)} and perhaps ${number(perhaps)} more`
}

/** All of it: the number first, whose they are, and what was made most often. */
export function trafficWords(told: ToldTraffic, view: View): TrafficWords {
  const { counted } = told
  const shown = counted.groups.slice(0, budgets.shownTraffic.size)
  const left = counted.groups.length - shown.length
  return {
    head: headWords(told),
    groups: shown.map((group) => groupWords(group, view)),
    notes: [
      ...(left > 0 ? [words(`${left} more groups of requests are in the JSON`)] : []),
      ...sums(told, view),
      ...notesOf(told),
    ],
  }
}

function headWords({ source, counted: { requests, different } }: ToldTraffic): Phrase {
  const { certain, perhaps } = different
  if (requests === 0)
    return say`No requests were found in ${quoted(source)}: what would become of them is not known`
  const of = say`Of ${number(requests)} requests in ${quoted(source)}`
  if (certain + perhaps === 0) return say`${of} none would be treated differently`
  const surely = `${number(certain)} (${share(certain, requests)}) would be treated differently`
  const maybe = `perhaps ${number(perhaps)} (${share(perhaps, requests)})`
  if (perhaps === 0) return say`${of} ${surely}`
  return certain === 0
    ? say`${of} ${maybe} would be treated differently`
    : say`${of} ${surely}, and ${maybe} more`
}

function groupWords({ changes, witnesses, ...count }: TrafficGroup, view: View): GroupWords {
  const { phrase } = requestsText(changes, { ...view.places, mixed: false }, budgets.parts.size)
  const names = namesOf(
    changes.flatMap(({ touched }) => touched),
    view,
  )
  const whose = names.length === 0 ? [] : say` of ${listed(names.map(words))}`
  return {
    what: say`${countWords(count)}${whose}: ${phrase}`,
    mostOften: joined(witnesses.map(witnessWords), ', '),
  }
}

function namesOf(teams: readonly Team[], view: View): readonly string[] {
  return [...new Set(teams.map(view.audience.name))].toSorted(compareTexts)
}

function witnessWords({ method, host, path, count }: TrafficWitness): Phrase {
  return say`${number(count)} ${quoted(`${method} ${host}${path}`)}`
}

function sums({ counted: { groups } }: ToldTraffic, view: View): readonly Phrase[] {
  if (groups.length === 0) return []
  const by = (title: string, keys: (group: TrafficGroup) => readonly string[]) => {
    const all = sumsBy(groups, keys)
    const said = all
      .slice(0, budgets.shownTraffic.size)
      .map(([name, count]) => say`${quoted(name)} ${countWords(count)}`)
    const more = all.length - said.length
    return all.length === 0
      ? []
      : [say`${title}: ${joined(said, ', ')}${more > 0 ? ` and ${more} more` : ''}`]
  }
  return [
    ...by('By team', ({ changes }) =>
      namesOf(
        changes.flatMap(({ touched }) => touched),
        view,
      ),
    ),
    ...by('By host', ({ changes }) => [...new Set(changes.map(({ host }) => host))]),
  ]
}

/** What groups have in common, those of most requests first. */
export function sumsBy(
  groups: readonly TrafficGroup[],
  keys: (group: TrafficGroup) => readonly string[],
): readonly (readonly [key: string, count: TrafficCount])[] {
  const sum = new Map<string, { certain: number; perhaps: number }>()
  for (const group of groups)
    for (const key of keys(group)) {
      const known = sum.get(key) ?? { certain: 0, perhaps: 0 }
      sum.set(key, { certain: known.certain + group.certain, perhaps: known.perhaps + group.perhaps })
    }
  const most = ({ certain, perhaps }: TrafficCount) => certain + perhaps
  return [...sum].toSorted(([a, one], [b, other]) => most(other) - most(one) || compareTexts(a, b))
}

function notesOf({ read, counted, beyond = 0 }: ToldTraffic): readonly Phrase[] {
  const { unreadable, firstUnreadable, broken, others, cut, skipped } = read
  const first =
    firstUnreadable &&
    say`, the first of them line ${firstUnreadable.line} of ${quoted(firstUnreadable.file)}`
  return [
    ...(counted.different.perhaps > 0
      ? [
          words(
            'Perhaps: what the logs do not hold decides, such as headers, the gateway or the port, or what is not in Git',
          ),
        ]
      : []),
    ...(unreadable > 0
      ? [say`${number(unreadable)} of ${number(read.lines)} lines cannot be read${first ?? []}`]
      : []),
    ...(skipped > 0 ? [words(`Folders and links that were not looked into: ${number(skipped)}`)] : []),
    ...(others > 0
      ? [
          words(
            `${others === 1 ? '1 line is' : `${number(others)} lines are`} of nothing that VirtualServices route`,
          ),
        ]
      : []),
    ...(broken.length > 0
      ? [say`Not read to the end: ${listed(broken.slice(0, budgets.notes.size).map(quoted))}`]
      : []),
    ...(beyond > 0
      ? [words(`${number(beyond)} requests of further paths are not among them: no more paths are kept`)]
      : []),
    ...(cut ? [words('There is more than is read at once: the rest was not counted')] : []),
    ...(counted.folded
      ? [words('Of requests with very many paths not each was kept as an example; all are counted')]
      : []),
  ]
}
