import { budgets } from '../../../budgets.ts'
import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { objectsOf, textOf, textsOf } from '../../../manifest/json-fields.ts'
import { fromBase64 } from '../../../source/base64.ts'
import { memoized } from '../../../source/memoized.ts'
import { fetchedFor, fetchesIn } from './fetches.ts'

/** Programs that write to a cluster what they are told by their words. */
const tools = [
  'kubectl',
  'oc',
  'istioctl',
  'helmfile',
  'helm',
  'kapp',
  'argocd',
  'flux',
  'terraform',
  'tofu',
  'pulumi',
  'kluctl',
  'skaffold',
  'timoni',
  'werf',
] as const

/** One call of such a program, with the words behind its name. */
export interface Command {
  readonly tool: (typeof tools)[number]
  readonly words: readonly string[]
  /** Where the program fetches what this call may be given: addresses, as they are written. */
  readonly fetched?: readonly string[]
}

/** What programs are told: their calls, and the rest of what is surely a program. */
export interface Programs {
  readonly commands: readonly Command[]
  readonly rest: string
}

/** A text that somebody may run, and whether that is what it is for. */
interface Given {
  readonly text: string
  readonly isProgram: boolean
}

/** What stands for any name. */
export const anything = '*'

/** More calls than are looked into. */
const whatever: readonly Command[] = [{ tool: 'kubectl', words: [anything] }]

/** What people read, and no program runs. */
const told =
  /^(?:description|summary|message|title|help|notes?|runbook\w*|documentation|comments?|metadata|status)$/i

/** Fields of programs. */
const running = /^(?:command|args|script|inlineScript|source|code|run|cmd|program|lua)$/

/** Texts that an object gives to programs: commands with their arguments, scripts, variables. */
function textsGiven(value: JsonValue, isProgram = false): readonly Given[] {
  if (typeof value === 'string') return [{ text: value, isProgram }]
  if (Array.isArray(value)) {
    const words = textsOf(value)
    if (words.length === value.length) return [{ text: words.join(' '), isProgram }]
    return value.flatMap((each: JsonValue) => textsGiven(each))
  }
  if (!isObject(value)) return []
  const started = startOf(value)
  const others = Object.entries(value).filter(
    ([field]) => !told.test(field) && !(started !== undefined && /^(?:command|args)$/.test(field)),
  )
  return [
    ...(started === undefined ? [] : [{ text: started, isProgram: true }]),
    ...others.flatMap(([field, each]) => textsGiven(each ?? null, running.test(field))),
  ]
}

/**
 * A container runs its command with its arguments; without a command, what its image is called after. A step of a workflow that
 * does something to a resource has kubectl do it.
 */
function startOf(container: JsonObject): string | undefined {
  const words = ['command', 'args'].flatMap((field) => textsOf(container[field]))
  const [action, flags] = [textOf(container['action']), textsOf(container['flags'])]
  if (action !== undefined && flags.length > 0) return ['kubectl', action, ...flags].join(' ')
  if (words.length === 0) return undefined
  const image =
    (textOf(container['image']) ?? '')
      .replace(/[:@].*$/, '')
      .split('/')
      .at(-1) ?? ''
  const entry = Array.isArray(container['command']) ? undefined : tools.find((tool) => image.includes(tool))
  return [...(entry === undefined ? [] : [entry]), ...words].join(' ')
}

/** Texts of a ConfigMap that are read, and not run. */
const read = /\.(?:md|txt|adoc|rst|html?|json|ya?ml|rules|tpl|conf|toml|ini|properties)$/i

/** ConfigMaps and Secrets hold all kinds of texts; some are scripts. */
function scriptsOf(body: JsonObject): readonly Given[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) =>
    Object.entries(isObject(body[field]) ? body[field] : {}).flatMap(([key, written]) => {
      if (typeof written !== 'string') return []
      const isEncoded = field === 'binaryData' || (field === 'data' && body['kind'] === 'Secret')
      const text = isEncoded ? fromBase64(written.replace(/\s+/g, '')) : written
      return text !== undefined && (text.startsWith('#!') || !read.test(key))
        ? [{ text, isProgram: true }]
        : []
    }),
  )
}

/** The programs that an object has run somewhere. */
export const programsOf = memoized((body: JsonObject): Programs => {
  const isData = body['kind'] === 'ConfigMap' || body['kind'] === 'Secret'
  const texts = isData ? scriptsOf(body) : textsGiven(body)
  const values = valuesGiven(
    body,
    texts.map(({ text }) => text),
  )
  const found = texts.map(({ text, isProgram }) => ({ ...programsIn(text, values), isProgram }))
  const commands = found.flatMap((each) => each.commands)
  return {
    commands: commands.length > budgets.commands.size ? whatever : commands,
    rest: found.flatMap(({ rest, isProgram }) => (isProgram ? [rest] : [])).join('\n'),
  }
})

/** What a variable stands for, in the order in which it does. */
type Values = ReadonlyMap<string, readonly string[]>

/** What variables stand for, as far as the object says it: assigned, gone through in a loop, or given as an environment. */
function valuesGiven(body: JsonObject, texts: readonly string[]): Values {
  const groups = Map.groupBy([...texts.flatMap(assignedIn), ...environmentIn(body)], ([name]) => name)
  return new Map(
    [...groups].map(([name, some]) => {
      const values = [...new Set(some.map(([, value]) => value))]
      return [name, values.length > budgets.variableValues.size ? [anything] : values] as const
    }),
  )
}

function assignedIn(text: string): readonly (readonly [string, string])[] {
  const assigned = text.matchAll(/\b(\w+)=["']?([\w./:@%+~?-]+)/g)
  const loops = text.matchAll(/\bfor[ \t]+(\w+)[ \t]+in[ \t]+([\w./ \t-]+)/g)
  return [
    ...[...assigned].map(([, name = '', value = '']) => [name, value] as const),
    ...[...loops].flatMap(([, name = '', list = '']) =>
      list.split(/[ \t]+/).flatMap((value) => (value === '' ? [] : [[name, value] as const])),
    ),
  ]
}

function environmentIn(value: JsonValue): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => environmentIn(each))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([field, inner = null]) =>
    /^(?:env|parameters)$/.test(field)
      ? objectsOf(inner).flatMap((each) => {
          const [name, text] = [textOf(each['name']), textOf(each['value'])]
          return name === undefined || text === undefined ? [] : [[name, text] as const]
        })
      : environmentIn(inner),
  )
}

/** The name of a program, whatever folder it lies in. */
const call = new RegExp(`(?<![\\w.$-])(${tools.join('|')})(?=[ \\t\\\\])`, 'g')

/** Each call lasts to the end of its line, the next call, or what ends a command. */
function programsIn(text: string, values: Values): Programs {
  const calls = [...text.matchAll(call)]
  const fetches = fetchesIn(text, (command) => filledIn([command], values).flat().join(' '))
  if (Math.max(calls.length, fetches.length) > budgets.commands.size) return { commands: whatever, rest: '' }
  const pieces = calls.map((each, at) => {
    const said = text.slice(each.index + each[0].length, calls[at + 1]?.index ?? text.length)
    const { words, rest } = wordsOf(said)
    const fetched = fetchedFor(words, each.index, fetches)
    return { tool: tools.find((tool) => tool === each[1]) ?? 'kubectl', words, rest, fetched }
  })
  return {
    commands: pieces.flatMap(({ tool, words, fetched }) =>
      filledIn(words, values).map((each) => ({ tool, words: each, ...(fetched.length > 0 && { fetched }) })),
    ),
    rest: [text.slice(0, calls[0]?.index ?? text.length), ...pieces.map(({ rest }) => rest)].join('\n'),
  }
}

/** The words of a command as a shell divides them, to where it ends, and what stands behind it. */
function wordsOf(text: string): { readonly words: readonly string[]; readonly rest: string } {
  const said = text.replace(/\\\r?\n/g, ' ')
  const pieces = [...said.matchAll(/(?:"[^"]*"|'[^']*'|[^\s;&|()`"'])+|[\n;&|()`]/g)]
  const end = pieces.find(([piece]) => /^[\n;&|()`]$/.test(piece))?.index ?? said.length
  return {
    words: pieces.filter(({ index }) => index < end).map(([piece]) => piece.replace(/["']/g, '')),
    rest: said.slice(end),
  }
}

/** The words once for every value that a variable among them may have; one that is not known stays. */
function filledIn(words: readonly string[], values: Values): readonly (readonly string[])[] {
  const read = words.map((word) => {
    const [variable = '', name = ''] = /\$[{(]?(\w+)[})]?/.exec(word) ?? []
    const known = values.get(name) ?? []
    return known.length === 0 ? [word] : known.map((value) => word.replace(variable, () => value))
  })
  const times = Math.max(1, ...read.map(({ length }) => length))
  return Array.from({ length: times }, (_, turn) => read.map((some) => some[turn % some.length] ?? ''))
}
