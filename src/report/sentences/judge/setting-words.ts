import { budgets } from '../../../domain/budgets.ts'
import { pathRules } from '../../../domain/policy/configuration/path-rules.ts'
import { supplierOf } from '../../../domain/routing/route-table.ts'
import { shortened } from '../../../domain/source/shortened.ts'
import { type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { counted } from '../../print/counted.ts'
import { table } from '../../print/markdown.ts'
import { markdownOf } from '../../print/print.ts'
import type { View } from '../view.ts'
import { changedPolicies, type SettingChange, settingChanges, type TwoPolicies } from './setting-changes.ts'

/** What another value of a setting does, where that is not plain from its name: by the value after the merge, or by any. */
const meanings: Readonly<Record<string, Readonly<Record<string, string>> | string>> = {
  mode: { observe: 'the check would always succeed', enforce: 'the check would decide' },
  override: {
    true: 'an administrator could set a verdict aside',
    false: 'nobody could set a verdict aside any more',
  },
  'consent.inherited': {
    report: 'teams would be told of fields of the primary, not asked',
    'require-approval': 'teams would be asked about fields of the primary',
  },
  'consent.certain': {
    only: 'teams would be told of what is not certain, not asked',
    all: 'teams would be asked about what is not certain',
  },
  'approvals.stale': {
    keep: 'an approval would outlive later pushes that change nothing of what was listed',
    dismiss: 'an approval would count for the commit that it was given to alone',
  },
  'ownership.consent': {
    author: 'only its owners could change a resource',
    approval: 'an approval by its owners would be enough to change a resource',
  },
  'ownership.administrators': 'the mesh would have other administrators',
  'consent.ignore': 'these labels and annotations would ask nobody',
  bots: 'other bots would act for teams',
  suppress: 'other findings would not count',
  complete: {
    false: 'a delegate that is not here would block nothing',
    true: 'a delegate that is not here would block',
  },
}

const effects: Readonly<Record<string, string>> = {
  off: 'nobody would be told of what it finds',
  report: 'what it finds would be told, and block nothing',
  'require-approval': 'what it finds would need an approval',
  block: 'what it finds would block',
}

function ruleOf(key: string): string | undefined {
  return /^rules\.(.+)$/.exec(key)?.[1]
}

function meaningOf({ key, afterMerge }: SettingChange): Phrase | undefined {
  const known = ruleOf(key) === undefined ? meanings[key] : effects
  const group = key.startsWith('istio.') ? 'requests would be worked out otherwise than today' : undefined
  const meaning = (typeof known === 'string' ? known : known?.[afterMerge]) ?? group
  return meaning === undefined ? undefined : words(meaning)
}

/** Both values, for a title. */
function changeWords({ key, afterMerge, today }: SettingChange): Phrase {
  const rule = ruleOf(key)
  return rule === undefined
    ? say`${quoted(key)} would be ${shortValue(afterMerge)} (was ${shortValue(today)})`
    : say`rule ${quoted(rule)} would be ${words(afterMerge)} (was ${words(today)})`
}

function shortValue(value: string): Phrase {
  return quoted(shortened(value, budgets.settingValue.size))
}

/** "2 routes in teams/login would not be looked at": what lies in files that are read today and would not be then. */
function notLookedAt({ afterMerge }: TwoPolicies, { assessment }: View): Phrase | undefined {
  const { manifests, meshes } = assessment.comparison.merged
  const { isManifest } = pathRules(afterMerge)
  const paths = [...manifests.virtualServices.map(({ file }) => file.path), ...(manifests.apart ?? [])]
  const out = new Set(paths.filter((path) => !isManifest(path)))
  if (out.size === 0) return undefined
  const where = say` in ${quoted(folderOf([...out]))}`
  const routes = meshes
    .flatMap(({ tables }) => tables)
    .flatMap((each) => each.routes)
    .filter((route) => out.has(supplierOf(route).file.path))
  const isKnown = routes.length > 0 && [...out].every((path) => manifests.apart?.has(path) !== true)
  return say`${isKnown ? counted(routes.length, 'route') : counted(out.size, 'file')}${where} would not be looked at`
}

/** The folder that holds all of these paths. */
function folderOf(paths: readonly string[]): string {
  const [first = '', ...others] = paths
  const parts = first.split('/').slice(0, -1)
  const shared = parts.findIndex((_, at) => {
    const folder = `${parts.slice(0, at + 1).join('/')}/`
    return !others.every((path) => path.startsWith(folder))
  })
  const folder = parts.slice(0, shared === -1 ? undefined : shared).join('/')
  return folder === '' ? 'this repository' : folder
}

interface SaidSetting extends SettingChange {
  /** For a title, the fullest first. */
  readonly headlines: readonly Phrase[]
  readonly means: Phrase
}

function saidSettings(view: View): readonly SaidSetting[] {
  const policies = changedPolicies(view.assessment)
  if (policies === undefined) return []
  return settingChanges(policies).map((change) => {
    const unseen = change.key.startsWith('manifests.') ? notLookedAt(policies, view) : undefined
    const means = unseen ?? meaningOf(change)
    const isPlain = means === undefined || ruleOf(change.key) !== undefined || change.key.startsWith('istio.')
    return {
      ...change,
      means: means ?? [],
      headlines: [...(isPlain ? [] : [means]), changeWords(change)],
    }
  })
}

/** What a changed configuration does, by its weightiest setting, then by how many there are. */
export function settingHeadlines(view: View): readonly Phrase[] {
  const [first, ...others] = saidSettings(view)
  if (first === undefined) return []
  if (others.length === 0) return first.headlines
  const more = `, and ${counted(others.length, 'more setting')} ${others.length === 1 ? 'changes' : 'change'}`
  return [
    ...first.headlines.flatMap((line) => [say`${line}${more}`, line]),
    words(`${others.length + 1} settings of .github/firebreak.yml change`),
  ]
}

const mostRows = budgets.commentRows.size

/** The settings that change, what they were, and what each of them does. */
export function settingParagraphs(view: View): readonly string[] {
  const all = saidSettings(view)
  if (all.length === 0) return []
  const rows = all
    .slice(0, mostRows)
    .map(({ key, today, afterMerge, means }) =>
      [quoted(key), shortValue(today), shortValue(afterMerge), means].map(markdownOf),
    )
  const rest = all.length > mostRows ? [`And ${all.length - mostRows} more settings.`] : []
  const silent =
    view.rows.length === 0 ? ['No request changes. But after the merge changes are judged otherwise.'] : []
  return [table(['Setting', 'Today', 'After merge', 'What that does'], rows), ...rest, ...silent]
}
