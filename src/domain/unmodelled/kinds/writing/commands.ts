import type { JsonValue } from '../../../manifest/json.ts'
import { resolveHost } from '../../../manifest/names.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Setting, type Subject, type Target } from '../../reach.ts'
import { anything, type Command, programsOf } from '../../reading/programs/commands.ts'
import { controlPlaneChart } from '../installs.ts'
import { kindCalled, namesDecidingGroup } from '../mesh-kinds.ts'

/** Flags of these programs with a value behind them; all others stand alone. */
const valued =
  /^(?:-R?[fk]|-[nlposcv]|--(?:namespace|filename|kustomize|selector|patch|type|output|context|kube-?config|kube-context|cluster|user|container|replicas|timeout|grace-period|field-manager|as|as-group|server|token|request-timeout|image|port|version|repo|values|set|set-string|set-json|set-file|revision))$/

/** The words of a command, those that belong to flags apart. */
interface Read {
  readonly said: readonly string[]
  readonly flags: ReadonlyMap<string, string>
  /** Every file and folder that is named by a flag. */
  readonly files: readonly string[]
}

/** Such a flag with its value, one after the other or in one word; `-R` may stand before it. */
const fileFlag = /^(?:-R?[fk]|--filename|--kustomize)$/
const fileInOneWord = /^-R?[fk]=?(?<file>[^=].*)$/s

function read(words: readonly string[]): Read {
  const said: string[] = []
  const flags = new Map<string, string>()
  const files: string[] = []
  let flag: string | undefined
  for (const word of words) {
    const [name = '', value] = word.split(/=(.*)/s)
    const file = flag === undefined ? (fileInOneWord.exec(word)?.groups?.['file'] ?? value) : word
    if (
      file !== undefined &&
      (fileFlag.test(flag ?? name) || (flag === undefined && fileInOneWord.test(word)))
    )
      files.push(...file.split(','))
    if (flag !== undefined) flags.set(flag, word)
    else if (!word.startsWith('-')) said.push(word)
    else if (/^-n[a-z]/.test(word)) flags.set('-n', word.slice(2))
    else flags.set(name, value ?? '')
    flag = flag === undefined && value === undefined && valued.test(word) ? word : undefined
  }
  return { said, flags, files }
}

/** Verbs of kubectl that write, in a cluster or in its pods. */
const writing =
  /^(?:apply|create|replace|delete|patch|edit|label|annotate|scale|set|rollout|run|expose|autoscale|exec|debug|cp|attach)$/

/** Verbs of kapp that write. */
const deploying = /^(?:deploy|delete)$/

/** Verbs of kubectl that write what files say. */
const applying = /^(?:apply|create|replace|delete|patch)$/

/** Verbs of `istioctl` that write. */
const installing = /^(?:install|upgrade|uninstall|operator|tag|waypoint|apply)$/

/** Verbs of helm that write. */
const releasing = /^(?:install|upgrade|uninstall|delete|un|del|rollback)$/

/** Programs that deliver what they find where they run, or at an address, and their verbs that write. */
const delivering: Partial<Readonly<Record<Command['tool'], RegExp>>> = {
  argocd:
    /^(?:app|appset|cluster|proj|repo) (?:create|set|unset|delete|add|rm|patch|edit|rollback|delete-resource|patch-resource)(?: |$)/,
  flux: /^(?:create|suspend|delete|install|uninstall|bootstrap)(?: |$)/,
  helmfile: /^(?:apply|sync|destroy|delete)(?: |$)/,
  kluctl: /^(?:deploy|delete|prune)(?: |$)/,
  pulumi: /^(?:up|update|destroy)(?: |$)/,
  skaffold: /^(?:run|deploy|apply|delete|dev)(?: |$)/,
  terraform: /^(?:apply|destroy|import)(?: |$)/,
  timoni: /^(?:bundle )?(?:apply|delete)(?: |$)/,
  tofu: /^(?:apply|destroy|import)(?: |$)/,
  werf: /^(?:converge|dismiss)(?: |$)/,
}

/** What is delivered so is not here: any namespace, unless the command names one. */
function delivered(verbs: RegExp, { said, flags }: Omit<Read, 'files'>): readonly Target[] {
  if (!verbs.test(said.join(' '))) return []
  const namespace = flags.get('-n') ?? flags.get('--namespace')
  const isOne = said[0] !== 'create' && namespace !== undefined && !namespace.startsWith('$')
  return [isOne ? { kind: 'entered', namespace } : { kind: 'everybody' }]
}

/** What is written by one call: what it comes to, where it says where. */
function writtenBy({ tool, words }: Command, subject: Subject, setting: Setting): readonly Target[] {
  if (words[0] === anything) return [{ kind: 'everybody' }]
  const { said, flags } = read(words)
  if (isDry(flags)) return []
  switch (tool) {
    case 'istioctl':
      return said.slice(0, 2).some((each) => installing.test(each)) ? [{ kind: 'everybody' }] : []
    case 'helm':
      return releasing.test(said[0] ?? '') ? released(said, words, placeOf(flags, subject)) : []
    case 'kapp':
      return deploying.test(said[0] ?? '') ? [{ kind: 'entered', namespace: placeOf(flags, subject) }] : []
    case 'kubectl':
    case 'oc':
      return writing.test(said[0] ?? '') ? changed({ said, flags }, subject, setting) : []
    default:
      return delivered(delivering[tool] ?? /^$/, { said, flags })
  }
}

function isDry(flags: Read['flags']): boolean {
  const dry = flags.get('--dry-run')
  return dry !== undefined && dry !== 'none'
}

/** From where a call takes what it writes, if not from here: what that is nobody sees. */
function addressesIn({ tool, words, fetched = [] }: Command): readonly string[] {
  const { said, flags, files } = read(words)
  const verbs = tool === 'kapp' ? deploying : applying
  const isApplying = ['kubectl', 'oc', 'kapp'].includes(tool) && verbs.test(said[0] ?? '')
  return isApplying && !isDry(flags) ? [...files.filter((each) => fromElsewhere.test(each)), ...fetched] : []
}

/** The namespace of a command: that which it names, else its own. */
function placeOf(flags: Read['flags'], { namespace }: Subject): string | undefined {
  const told = flags.get('-n') ?? flags.get('--namespace')
  return told === undefined || told.startsWith('$') ? namespace : told
}

function released(
  said: readonly string[],
  words: readonly string[],
  namespace: string | undefined,
): readonly Target[] {
  const isPlane = said.slice(1).some(controlPlaneChart) || words.some((each) => each.includes('meshConfig'))
  return [isPlane || namespace === anything ? { kind: 'everybody' } : { kind: 'entered', namespace }]
}

/** Objects of the cluster that all others hang on. */
const foundations =
  /^(?:crds?|customresourcedefinitions?|(?:mutating|validating)(?:webhookconfigurations?|admissionpolic(?:y|ies)(?:bindings?)?)|clusterroles?|clusterrolebindings?|gatewayclass(?:es)?|gc|apiservices?)(?:\.|$)/i

/** Files that are fetched: what they hold nobody sees here. */
const fromElsewhere = /^(?:[a-z]+:\/\/|git@|github\.com\/|[^/\s]+\/[^\s]*\?ref=|git::)/i

interface Place {
  readonly namespace: string | undefined
  readonly clusterDomain: string
}

function changed(
  { said, flags }: Omit<Read, 'files'>,
  subject: Subject,
  { clusterDomain }: Setting,
): readonly Target[] {
  const namespace = placeOf(flags, subject)
  const verb = said[0] ?? ''
  const looks = verb === 'rollout' && /^(?:status|history)$/.test(said[1] ?? '')
  if (looks) return []
  const isEverywhere = namespace === anything || ['-A', '--all-namespaces'].some((flag) => flags.has(flag))
  const named = namedBy(verb === 'set' || verb === 'rollout' ? said.slice(2) : said.slice(1))
  const isOfAll =
    named.some(({ type, name }) => foundations.test(type) && decidesOfAll(type, name)) ||
    (isEverywhere && named.some(({ type }) => type === 'all' || kindCalled(type) !== undefined))
  if (isOfAll) return [{ kind: 'everybody' }]
  const place = { namespace, clusterDomain }
  return [
    ...(isEverywhere ? [] : [{ kind: 'entered', namespace } as const]),
    ...named.flatMap((each) => targetsOf(each, place)),
  ]
}

interface Named {
  readonly type: string
  /** Absent: whatever there is of the type. */
  readonly name?: string
}

/** `TYPE NAME...`, `TYPE/NAME...`, `TYPE,TYPE`; what is set on them aside. */
function namedBy(words: readonly string[]): readonly Named[] {
  const [first = '', ...others] = words.filter((word) => !/[=]|.-$/.test(word))
  if (first === '') return []
  if (first.includes('/'))
    return [first, ...others].flatMap((word) => {
      const [type = '', name] = word.split('/')
      return name === undefined ? [] : [{ type, name }]
    })
  const names = others.filter((word) => /^[\w.*-]+$/.test(word))
  return first
    .split(',')
    .flatMap((type) => (names.length === 0 ? [{ type }] : names.map((name) => ({ type, name }))))
}

/** A role may be about anything; of a definition or a webhook the name says what it is about. */
function decidesOfAll(type: string, name: string | undefined): boolean {
  if (name === undefined || /^(?:clusterrole|gatewayclass|gc)/i.test(type)) return true
  return namesDecidingGroup(name) || /istio/i.test(name)
}

function targetsOf({ type, name }: Named, { namespace, clusterDomain }: Place): readonly Target[] {
  if (type === 'all') return [{ kind: 'residents', namespace }]
  const kind = kindCalled(type)
  if (kind === undefined)
    return workload.test(type) && name !== undefined ? [{ kind: 'workload', namespace, name }] : []
  if (kind === 'Namespace')
    return name === undefined ? [{ kind: 'everybody' }] : [{ kind: 'namespace', namespace: name }]
  if (name === undefined || name === anything || name.startsWith('$'))
    return [{ kind: 'residents', namespace }]
  if (kind === 'VirtualService') return [{ kind: 'virtual-service', named: { name, namespace }, all: false }]
  if (kind === 'Service' || kind === 'Endpoints')
    return [{ kind: 'service', host: resolveHost(name, namespace, clusterDomain) }]
  return [{ kind: 'residents', namespace }]
}

/** What runs pods, by the words of a command line. */
const workload = /^(?:deploy(?:ments?)?|sts|statefulsets?|ds|daemonsets?|rs|replicasets?|rollouts?)(?:\.|$)/i

/** A program that speaks to the API itself, by the names of groups. */
function callsTheApi(rest: string): boolean {
  return (
    namesDecidingGroup(rest) &&
    /(?:^|[^a-z])(?:delete|patch|put|post|replace|apply|create)(?:[^a-z]|$)/i.test(rest)
  )
}

function targetsIn(subject: Subject, setting: Setting): readonly Target[] {
  const { commands, rest } = programsOf(subject.body)
  return [
    ...commands.flatMap((each) => writtenBy(each, subject, setting)),
    ...(callsTheApi(rest) ? [{ kind: 'everybody' } as const] : []),
  ]
}

/** Kinds whose texts no program runs: schemas, policies, what is measured. */
const elsewhere =
  /^(?:CustomResourceDefinition|APIService|\w*(?:Policy|Constraint|ConstraintTemplate)|Prometheus\w*|Grafana\w*|\w*Dashboard|\w*Monitor)$/

function decides(subject: Subject, setting: Setting): JsonValue | undefined {
  if (elsewhere.test(subject.kind)) return undefined
  const targets = targetsIn(subject, setting)
  if (targets.length === 0) return undefined
  const { commands, rest } = programsOf(subject.body)
  const calls = commands.filter((each) => writtenBy(each, subject, setting).length > 0)
  return [calls.map(({ tool, words }) => [tool, ...words]), callsTheApi(rest) ? rest : '']
}

function fetchedDecides({ kind, body }: Subject): JsonValue | undefined {
  if (elsewhere.test(kind)) return undefined
  const addresses = programsOf(body).commands.flatMap(addressesIn)
  return addresses.length === 0 ? undefined : [...new Set(addresses)].toSorted()
}

/** Programs that write to a cluster, by what they are told: nobody sees what they write in a pull request. */
export const commands: readonly KindEntry[] = [
  { group: '*', decides, reach: targetsIn, partial: true },
  {
    group: '*',
    decides: fetchedDecides,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
]
