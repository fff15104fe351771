import { distinct } from '../words/few-of.ts'
import type {
  Bypasser,
  CodeownersFacts,
  DeliveryFacts,
  Fact,
  InstallationFacts,
  Installed,
  Lacking,
  MeshFacts,
  Missing,
  OwnerFacts,
  RequiringRule,
  Silence,
} from './facts.ts'

/** Whether something is as it has to be. What may not be read is `unknown`, never `ok`. */
export type State = 'ok' | 'mend' | 'unknown'

/** What was found of one thing, as codes and values. */
export type Found =
  | { readonly code: 'required' | 'not-required' | 'pinned' | 'not-pinned' }
  | { readonly code: 'pinned-elsewhere'; readonly apps: readonly number[] }
  | { readonly code: 'pinned-to-somebody'; readonly apps: readonly number[]; readonly missing: Missing }
  | { readonly code: 'up-to-date' | 'queued' | 'not-up-to-date' | 'nobody-bypasses' }
  | { readonly code: 'bypassed'; readonly by: readonly Bypasser[] }
  | { readonly code: 'dismissal-restricted' | 'anybody-dismisses' }
  | {
      readonly code: 'up-to-date-unknown' | 'bypass-unknown' | 'dismissal-unknown'
      readonly missing: Missing
    }
  | { readonly code: 'installed' | 'not-installed' | 'suspended' | 'all-granted' }
  | { readonly code: 'installation-unknown' | 'coverage-unknown'; readonly missing: Missing }
  | ({ readonly code: 'lacking' } & Lacking)
  | { readonly code: 'no-codeowners' }
  | { readonly code: 'codeowners-read'; readonly path: string }
  | { readonly code: 'codeowners-error'; readonly path: string; readonly line: number; readonly kind: string }
  | { readonly code: 'codeowners-unknown'; readonly missing: Missing }
  | { readonly code: 'owners-speak'; readonly owners: number }
  | {
      readonly code: 'owner-silent'
      readonly owner: string
      readonly line: number
      readonly silence: Silence
    }
  | {
      readonly code: 'owner-unknown'
      readonly owner: string
      readonly line: number
      readonly missing: Missing
    }
  | ({ readonly code: 'events-arrive' | 'events-lost' } & DeliveryFacts)
  | { readonly code: 'no-events' }
  | { readonly code: 'deliveries-unknown'; readonly missing: Missing }
  | ({ readonly code: 'mesh-read' | 'mesh-faulty' } & MeshFacts)
  | { readonly code: 'no-mesh' }
  | { readonly code: 'observing' | 'enforcing' }

/** One thing that was looked at. */
export interface Examined {
  readonly state: State
  readonly found: Found
}

const ok = (found: Found): Examined => ({ state: 'ok', found })
const mend = (found: Found): Examined => ({ state: 'mend', found })
const unknown = (found: Found): Examined => ({ state: 'unknown', found })

/** Everything that decides whether Firebreak can do its work, in the order in which it is set up. */
export function examine(facts: InstallationFacts): readonly Examined[] {
  return [
    ...installation(facts.installed),
    ...required(facts),
    dismissal(facts.rules.dismissalRestricted),
    ...ownership(facts.codeowners),
    deliveries(facts.deliveries),
    mesh(facts.mesh),
    ok({ code: facts.mesh.mode === 'observe' ? 'observing' : 'enforcing' }),
  ]
}

/** The worst of all: nothing is well as a whole of which a part is not known. */
export function stateOf(examined: readonly Examined[]): State {
  const states = examined.map(({ state }) => state)
  if (states.includes('mend')) return 'mend'
  return states.includes('unknown') ? 'unknown' : 'ok'
}

function installation(installed: Fact<Installed>): readonly Examined[] {
  if ('missing' in installed) return [unknown({ code: 'installation-unknown', missing: installed.missing })]
  const { known } = installed
  if (known.kind === 'nowhere') return [mend({ code: 'not-installed' })]
  return [presence(known), ...granted(known.lacks)]
}

function presence({ suspended, covers }: Extract<Installed, { kind: 'there' }>): Examined {
  if (suspended) return mend({ code: 'suspended' })
  if ('missing' in covers) return unknown({ code: 'coverage-unknown', missing: covers.missing })
  return ok({ code: 'installed' })
}

function granted(lacks: readonly Lacking[]): readonly Examined[] {
  if (lacks.length === 0) return [ok({ code: 'all-granted' })]
  return lacks.map((lack) => mend({ code: 'lacking', ...lack }))
}

/** Who may bypass a rule, and from whom it takes the check, matters where there is one. */
function required({ rules, app }: InstallationFacts): readonly Examined[] {
  const { requiring, strict, queue } = rules
  if (requiring.length === 0) return [mend({ code: 'not-required' }), upToDate(strict, queue)]
  return [ok({ code: 'required' }), pin(requiring, app), upToDate(strict, queue), bypass(requiring, app)]
}

function pin(requiring: readonly RequiringRule[], app: Fact<number>): Examined {
  const apps = [...new Set(requiring.flatMap((rule) => rule.app ?? []))]
  if (apps.length === 0) return mend({ code: 'not-pinned' })
  if ('missing' in app) return unknown({ code: 'pinned-to-somebody', apps, missing: app.missing })
  return apps.includes(app.known) ? ok({ code: 'pinned' }) : mend({ code: 'pinned-elsewhere', apps })
}

function upToDate(strict: Fact<boolean>, queue: Fact<boolean>): Examined {
  if ('known' in queue && queue.known) return ok({ code: 'queued' })
  if ('known' in strict && strict.known) return ok({ code: 'up-to-date' })
  const [missing] = [strict, queue].flatMap((fact) => ('missing' in fact ? [fact.missing] : []))
  return missing === undefined
    ? mend({ code: 'not-up-to-date' })
    : unknown({ code: 'up-to-date-unknown', missing })
}

/** Whoever wants to pass has to bypass every rule that nobody else can satisfy; a single one that nobody may bypass stops all. */
function bypass(requiring: readonly RequiringRule[], app: Fact<number>): Examined {
  const pinned = requiring.filter(
    (rule) => rule.app !== undefined && 'known' in app && rule.app === app.known,
  )
  const standing = (pinned.length > 0 ? pinned : requiring).map(({ bypassers }) => bypassers)
  if (standing.some((fact) => 'known' in fact && fact.known.length === 0))
    return ok({ code: 'nobody-bypasses' })
  const [missing] = standing.flatMap((fact) => ('missing' in fact ? [fact.missing] : []))
  if (missing !== undefined) return unknown({ code: 'bypass-unknown', missing })
  return mend({
    code: 'bypassed',
    by: distinct(standing.flatMap((fact) => ('known' in fact ? fact.known : []))),
  })
}

function dismissal(restricted: Fact<boolean>): Examined {
  if ('missing' in restricted) return unknown({ code: 'dismissal-unknown', missing: restricted.missing })
  return restricted.known ? ok({ code: 'dismissal-restricted' }) : mend({ code: 'anybody-dismisses' })
}

function ownership(codeowners: CodeownersFacts | undefined): readonly Examined[] {
  if (codeowners === undefined) return [mend({ code: 'no-codeowners' })]
  return [...reading(codeowners), ...speakers(codeowners.owners)]
}

function reading({ path, errors }: CodeownersFacts): readonly Examined[] {
  if ('missing' in errors) return [unknown({ code: 'codeowners-unknown', missing: errors.missing })]
  if (errors.known.length === 0) return [ok({ code: 'codeowners-read', path })]
  return errors.known.map(({ line, kind }) => mend({ code: 'codeowners-error', path, line, kind }))
}

function speakers(owners: readonly OwnerFacts[]): readonly Examined[] {
  const speaking = owners.filter(({ silence }) => 'known' in silence && silence.known === 'speaks')
  const others = owners.flatMap(({ owner, line, silence }) => {
    if ('missing' in silence)
      return [unknown({ code: 'owner-unknown', owner, line, missing: silence.missing })]
    if (silence.known === 'speaks') return []
    return [mend({ code: 'owner-silent', owner, line, silence: silence.known })]
  })
  return speaking.length === 0 ? others : [ok({ code: 'owners-speak', owners: speaking.length }), ...others]
}

function deliveries(fact: Fact<DeliveryFacts>): Examined {
  if ('missing' in fact) return unknown({ code: 'deliveries-unknown', missing: fact.missing })
  const { known } = fact
  if (known.events === 0) return unknown({ code: 'no-events' })
  return known.missed.length === 0
    ? ok({ code: 'events-arrive', ...known })
    : mend({ code: 'events-lost', ...known })
}

function mesh(facts: MeshFacts): Examined {
  if (facts.virtualServices === 0) return mend({ code: 'no-mesh' })
  return facts.blocking === 0 ? ok({ code: 'mesh-read', ...facts }) : mend({ code: 'mesh-faulty', ...facts })
}
