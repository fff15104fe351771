import { budgets } from '../../domain/budgets.ts'
import type { Examined, Found } from '../../domain/installation/examination.ts'
import type { Bypasser, InstallationFacts, Missing, Silence } from '../../domain/installation/facts.ts'
import { fewOf } from '../../domain/words/few-of.ts'
import { ownerNamed, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { counted } from '../print/counted.ts'

/** What was found, why it matters, and what to do about it. */
export interface ExaminedWords {
  readonly what: Phrase
  readonly why: Phrase
  /** Absent where it is well. */
  readonly todo?: Phrase
}

/** What is called by name in these sentences. */
export type Names = Pick<InstallationFacts, 'repository' | 'branch' | 'check' | 'app'>

/** Of one thing that was looked at, in words. */
export function examinedWords({ state, found }: Examined, names: Names): ExaminedWords {
  const what = whatWords(found, names)
  const why = words(whyOf[found.code])
  return state === 'ok' ? { what, why } : { what, why, todo: todoWords(found, names) }
}

const bypasserNames: Readonly<Record<Bypasser['kind'], string>> = {
  administrators: 'administrators of the repository',
  'organization-owners': 'owners of the organization',
  role: 'the role',
  team: 'the team',
  app: 'the App',
  user: 'the user',
  'deploy-keys': 'deploy keys',
  somebody: 'somebody of a kind that is not known here, number',
}

function bypasserWords({ kind, id, onlyInPullRequests }: Bypasser): Phrase {
  const numbered = id === undefined ? '' : ` ${id}`
  return words(`${bypasserNames[kind]}${numbered}${onlyInPullRequests ? ' (in pull requests)' : ''}`)
}

const silenceWords: Readonly<Record<Silence, string>> = {
  email: 'an address; nobody knows whose account it is',
  'other-organization': 'a team of another organization',
  'no-team': 'no team that can be seen',
  'secret-team': 'a secret team, which GitHub takes for no owner',
  'empty-team': 'a team without members',
  'no-user': 'no account',
  'no-write-access': 'without write access to the repository',
  'unknown-to-github': 'unknown to GitHub',
}

function appsWords(apps: readonly number[]): Phrase {
  return fewOf(
    apps.map((app) => words(`App ${app}`)),
    budgets.doubtNames.size,
  )
}

/** What there is to be seen. */
function whatWords(found: Found, { repository, branch, check }: Names): Phrase {
  switch (found.code) {
    case 'required':
      return say`the check ${quoted(check)} is required on ${quoted(branch)}`
    case 'not-required':
      return say`no rule of ${quoted(branch)} requires the check ${quoted(check)}`
    case 'pinned':
      return words('it is taken from this App alone')
    case 'not-pinned':
      return words('it is taken from anybody who reports it')
    case 'pinned-elsewhere':
      return say`it is taken from ${appsWords(found.apps)} alone, and not from this App`
    case 'pinned-to-somebody':
      return say`it is taken from ${appsWords(found.apps)} alone; whether that is this App is not known`
    case 'up-to-date':
      return words('a branch has to be up to date before it is merged')
    case 'queued':
      return words('a merge queue merges')
    case 'not-up-to-date':
      return words('neither have branches to be up to date, nor does a queue merge them')
    case 'up-to-date-unknown':
      return words('whether a branch has to be up to date is not known')
    case 'nobody-bypasses':
      return words('nobody may bypass the rule')
    case 'bypassed':
      return say`the rule may be bypassed by ${fewOf(found.by.map(bypasserWords), budgets.doubtNames.size)}`
    case 'bypass-unknown':
      return words('who may bypass the rule is not known')
    case 'dismissal-restricted':
      return words('rules say who may dismiss reviews')
    case 'anybody-dismisses':
      return words('whoever may write may dismiss the reviews of others')
    case 'dismissal-unknown':
      return words('who may dismiss reviews is not known')
    case 'installed':
      return say`the App is installed on ${quoted(repository)}`
    case 'not-installed':
      return say`the App is not installed on ${quoted(repository)}`
    case 'suspended':
      return words('the installation of the App is suspended')
    case 'installation-unknown':
      return words('whether the App is installed, and what it was granted, is not known')
    case 'coverage-unknown':
      return say`whether ${quoted(repository)} is among the repositories of the App is not known`
    case 'all-granted':
      return words('all permissions and events were granted')
    case 'lacking':
      return found.kind === 'permission'
        ? say`the permission ${quoted(found.needed)} was not granted`
        : say`the event ${quoted(found.needed)} is not subscribed to`
    case 'no-codeowners':
      return say`${quoted(branch)} has no CODEOWNERS`
    case 'codeowners-read':
      return say`GitHub finds nothing wrong with ${quoted(found.path)}`
    case 'codeowners-error':
      return say`${quoted(found.path)}, line ${found.line}: ${quoted(found.kind)}, says GitHub`
    case 'codeowners-unknown':
      return words('what GitHub finds wrong with CODEOWNERS is not known')
    case 'owners-speak':
      return words(`${counted(found.owners, 'owner')} can agree`)
    case 'owner-silent':
      return say`${ownerNamed(found.owner)} (line ${found.line}) cannot agree: ${silenceWords[found.silence]}`
    case 'owner-unknown':
      return say`whether ${ownerNamed(found.owner)} (line ${found.line}) can agree is not known`
    case 'events-arrive':
      return words(`the last ${counted(found.events, 'event')} arrived`)
    case 'events-lost':
      return lostWords(found)
    case 'no-events':
      return words('GitHub has sent no event for three days')
    case 'deliveries-unknown':
      return words('whether events arrive is not known')
    case 'mesh-read':
    case 'mesh-faulty':
      return meshWords(found)
    case 'no-mesh':
      return say`there is no VirtualService on ${quoted(branch)}`
    case 'observing':
      return say`${quoted('mode: observe')}: the check succeeds whatever it finds`
    case 'enforcing':
      return say`${quoted('mode: enforce')}: the check holds back what it finds`
  }
}

function lostWords({ events, missed }: Extract<Found, { code: 'events-arrive' | 'events-lost' }>): Phrase {
  const [latest] = missed
  const most = words(`${missed.length} of the last ${counted(events, 'event')} did not arrive`)
  if (latest === undefined) return most
  return say`${most}; the latest, ${quoted(latest.event)} of ${latest.at}: ${quoted(latest.status)}`
}

function meshWords(mesh: Extract<Found, { code: 'mesh-read' | 'mesh-faulty' }>): Phrase {
  const findings = mesh.blocking + mesh.otherFindings
  const blocking = mesh.blocking === 0 ? '' : `, ${mesh.blocking} of them would block`
  const units = mesh.units === 0 ? '' : ` in ${counted(mesh.units, 'unit')}`
  return words(
    `${counted(mesh.virtualServices, 'VirtualService')}${units}: ` +
      `${mesh.primaries} primary, ${mesh.secondaries} secondary; ${counted(findings, 'finding')}${blocking}`,
  )
}

const checkMatters = 'GitHub merges whatever no required check holds back'
const pinMatters = 'whoever may push can report a check of any name, and so pass without this one'
const staleMatters =
  'each verdict is for one base: two green pull requests merged at once can be wrong together'
const bypassMatters = 'who bypasses the rule is told of afterwards, and not stopped'
const dismissalMatters = 'an objection that somebody else may take away holds nobody back'
const installationMatters = 'it judges where it is installed, and as far as it was granted what it needs'
const codeownersMatters = 'the owners on a line of CODEOWNERS are those who have to agree'
const speakingMatters = 'what belongs to owners who cannot agree waits for the administrators instead'
const deliveryMatters = 'it judges when GitHub tells of something; what does not arrive is found only later'
const meshMatters = 'what is not read is not judged'

const whyOf: Readonly<Record<Found['code'], string>> = {
  required: checkMatters,
  'not-required': checkMatters,
  pinned: pinMatters,
  'not-pinned': pinMatters,
  'pinned-elsewhere': pinMatters,
  'pinned-to-somebody': pinMatters,
  'up-to-date': staleMatters,
  queued: staleMatters,
  'not-up-to-date': staleMatters,
  'up-to-date-unknown': staleMatters,
  'nobody-bypasses': bypassMatters,
  bypassed: bypassMatters,
  'bypass-unknown': bypassMatters,
  'dismissal-restricted': dismissalMatters,
  'anybody-dismisses': dismissalMatters,
  'dismissal-unknown': dismissalMatters,
  installed: installationMatters,
  'not-installed': installationMatters,
  suspended: installationMatters,
  'installation-unknown': installationMatters,
  'coverage-unknown': installationMatters,
  'all-granted': installationMatters,
  lacking: installationMatters,
  'no-codeowners': codeownersMatters,
  'codeowners-read': codeownersMatters,
  'codeowners-error': codeownersMatters,
  'codeowners-unknown': codeownersMatters,
  'owners-speak': speakingMatters,
  'owner-silent': speakingMatters,
  'owner-unknown': speakingMatters,
  'events-arrive': deliveryMatters,
  'events-lost': deliveryMatters,
  'no-events': deliveryMatters,
  'deliveries-unknown': deliveryMatters,
  'mesh-read': meshMatters,
  'mesh-faulty': meshMatters,
  'no-mesh': meshMatters,
  observing: 'a trial keeps nobody waiting; a gate that is meant to hold has to be switched on',
  enforcing: 'a gate that is meant to hold has to be switched on',
}

/** The permission without which something is not known. */
const missingWords: Readonly<Record<Missing, string>> = {
  administration: 'ask with a token of an administrator of the repository (Administration: read)',
  ruleset:
    "ask with a token of somebody who may change the ruleset (Administration: write; for an organization's, an owner)",
  'organization-owner':
    'ask with a token of an owner of the organization (admin:read), or give APP_ID and PRIVATE_KEY',
  members: 'ask with a token that may read the teams of the organization (Members: read, or read:org)',
  'codeowners-errors': 'ask with a token that may read the files (Contents: read)',
  'merge-queues': 'ask with a token that may read merge queues (Merge queues: read)',
  'app-id': "give the App's number as APP_ID",
  'app-key': "give the App's number and key as APP_ID and PRIVATE_KEY",
}

function todoWords(found: Found, names: Names): Phrase {
  return 'missing' in found ? words(missingWords[found.missing]) : remedyWords(found, names)
}

function remedyWords(found: Exclude<Found, { missing: Missing }>, names: Names): Phrase {
  const { branch, check, app } = names
  switch (found.code) {
    case 'not-required':
      return say`require the status check ${quoted(check)} on ${quoted(branch)} in a ruleset (Settings, Rules); begin with ${quoted('mode: observe')} in .github/firebreak.yml`
    case 'not-pinned':
    case 'pinned-elsewhere':
      return say`choose this App as the expected source of the check in the rule${'known' in app ? ` (integration_id ${app.known})` : ''}`
    case 'not-up-to-date':
      return words('require branches to be up to date before merging, or use a merge queue')
    case 'bypassed':
      return words('empty the bypass list of the rule, or keep it to whom you would trust without any review')
    case 'anybody-dismisses':
      return words('restrict who can dismiss pull request reviews, in the rule')
    case 'not-installed':
      return words('install the App on the repository, from its settings page')
    case 'suspended':
      return words('unsuspend it in the settings of the account, under GitHub Apps')
    case 'lacking':
      return say`without it ${found.lost}: add it in the settings of the App, and accept it in those of the installation`
    case 'no-codeowners':
      return words('write .github/CODEOWNERS: a line for the folder of each team')
    case 'codeowners-error':
      return words('mend the line: GitHub leaves it out, and so does Firebreak')
    case 'owner-silent':
      return words('name a visible team with members and write access, or a person with write access')
    case 'events-lost':
      return words("let GitHub reach the webhook's URL; what was lost is asked for again within minutes")
    case 'no-events':
      return words('open a pull request, and ask once more')
    case 'no-mesh':
      return say`say where the manifests are with ${quoted('manifests.include')} in .github/firebreak.yml`
    case 'mesh-faulty':
      return words(
        'in a clone, see them with firebreak check --base EMPTY --head . where EMPTY is an empty folder',
      )
    default:
      return []
  }
}
