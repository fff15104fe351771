import { elementById } from './elements.ts'
import { type Row, showFound, unfoldAll } from './folds.ts'

/** What is looked for; an empty text asks for nothing. */
interface Wanted {
  readonly team: string
  readonly host: string
  readonly path: string
  readonly kind: string
}

/** Lets the fields above the page hide what is not looked for: rows disappear, and what is drawn pales. */
export function openFilters(): void {
  const form = elementById('filters', HTMLFormElement)
  const count = elementById('filter-count', HTMLElement)
  if (form === undefined || count === undefined) return
  const apply = () => {
    count.textContent = filtered(wantedIn(form))
  }
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  elementById('unfold', HTMLButtonElement)?.addEventListener('click', unfoldAll)
  apply()
}

function wantedIn(form: HTMLFormElement): Wanted {
  const fields = new FormData(form)
  const text = (name: string) => String(fields.get(name) ?? '')
  return { team: text('team'), host: text('host'), path: text('path').trim(), kind: text('kind') }
}

/** Shows what is wanted, and says how much of everything that is. */
function filtered(wanted: Wanted): string {
  const all = [...document.querySelectorAll<Row>('[data-row]')]
  const isAny = Object.values(wanted).every((each) => each === '')
  const shown = all.filter((each) => {
    const isShown = isAny || isWanted(each, wanted)
    if (each instanceof HTMLElement) each.hidden = !isShown
    else each.classList.toggle('pale', !isShown)
    return isShown
  })
  for (const each of document.querySelectorAll<HTMLElement>('[data-overview]')) each.hidden = !isAny
  const folded = showFound(isAny ? undefined : shown)
  if (isAny) return ''
  const left = folded === 0 ? '' : ` ${folded} of them are folded.`
  return `${shown.length} of ${all.length} rows and arrows are shown.${left}`
}

function isWanted({ dataset }: HTMLElement | SVGElement, { team, host, path, kind }: Wanted): boolean {
  return (
    (team === '' || isAmong(team, dataset['teams'])) &&
    (host === '' || dataset['hosts'] === undefined || isAmong(host, dataset['hosts'])) &&
    (path === '' || (dataset['paths'] ?? '').includes(path)) &&
    (kind === '' || isKind(kind, dataset['kind']))
  )
}

/** The names stand in lines. */
function isAmong(name: string, names = ''): boolean {
  return names.split('\n').includes(name)
}

/** A kind of change says nothing about the kinds of something else, such as of delegations. */
function isKind(wanted: string, kind: string | undefined): boolean {
  if (kind === undefined) return true
  const [family] = wanted.split(':')
  return !kind.startsWith(`${family}:`) || kind === wanted
}
