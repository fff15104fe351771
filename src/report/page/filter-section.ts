import { budgets } from '../../domain/budgets.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import { escaped } from '../print/html-text.ts'
import type { Section } from './frame.ts'
import { marks } from './graph/graph-words.ts'

/** What the rows of a page can be found by. */
export interface Findable {
  readonly teams: readonly string[]
  readonly hosts: readonly string[]
  /** Kinds of changes with their words; absent on a page that compares nothing. */
  readonly kinds?: ReadonlyMap<string, string>
}

/** Fields that leave out of all tables and pictures of a page what is not looked for; they need the script. */
export function filterSection({ teams, hosts, kinds }: Findable): Section {
  const fields = [
    selectHtml('team', 'Team', 'all teams', teams),
    selectHtml('host', 'Host', 'all hosts', hosts),
    '<label for="filter-path">Path contains<input id="filter-path" name="path" autocomplete="off" autocapitalize="off" spellcheck="false"></label>',
    ...(kinds === undefined ? [] : [kindHtml(kinds)]),
  ]
  return {
    id: 'filters-section',
    heading: 'Find what concerns you',
    lines: [
      '<noscript><p>To leave out rows needs JavaScript.</p></noscript>',
      '<form id="filters" data-live hidden>',
      ...fields,
      '<button type="reset">Show all</button>',
      '<button type="button" id="unfold">Unfold everything</button>',
      '</form>',
      '<p id="filter-count" class="count" aria-live="polite"></p>',
    ],
  }
}

function selectHtml(name: string, label: string, all: string, values: readonly string[]): string {
  const options = [...new Set(values)]
    .toSorted(compareTexts)
    .slice(0, budgets.pageOptions.size)
    .map((value) => `<option value="${escaped(value)}">${escaped(value)}</option>`)
  return `<label for="filter-${name}">${label}<select id="filter-${name}" name="${name}"><option value="">${all}</option>${options.join('')}</select></label>`
}

function kindHtml(kinds: ReadonlyMap<string, string>): string {
  const option = (value: string, words: string) =>
    `<option value="${escaped(value)}">${escaped(words)}</option>`
  const requests = [...kinds].map(([kind, words]) => option(`request:${kind}`, words))
  const references = marks.map(([mark, , words]) => option(`graph:${mark}`, words))
  return [
    '<label for="filter-kind">Kind of change<select id="filter-kind" name="kind"><option value="">all kinds</option>',
    ...(requests.length === 0 ? [] : [`<optgroup label="Requests">${requests.join('')}</optgroup>`]),
    `<optgroup label="Delegations">${references.join('')}</optgroup></select></label>`,
  ].join('')
}
