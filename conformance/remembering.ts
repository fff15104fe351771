import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { envoyVersion } from './envoy.ts'
import type { Answers, Asked, End } from './mesh.ts'
import type { Oracles, Question } from './oracles.ts'

/** What was said of a pair so far. */
interface Memory {
  readonly refused: Answers['refused']
  /** By the request, as JSON: how it ended before and after. */
  readonly ends: Readonly<Record<string, readonly [before: End, after: End]>>
}

/** The oracles, asked only what they were not asked before: their answers are kept in a folder. */
export function remembering(oracles: Oracles, folder: string): Oracles {
  mkdirSync(folder, { recursive: true })
  const asker = askerOf()
  const pathOf = ({ pair }: Question) =>
    join(folder, `${digestOf([asker, JSON.stringify(pair)]).slice(0, 32)}.json.gz`)
  return {
    async ask(questions) {
      const known = questions.map((each) => readMemory(pathOf(each)))
      const open = questions.flatMap((question, index) => {
        const asked = missingIn(known[index], question.asked)
        return asked === undefined ? [] : [{ index, question: { ...question, asked } }]
      })
      const answers = open.length === 0 ? [] : await oracles.ask(open.map(({ question }) => question))
      for (const [at, { index, question }] of open.entries()) {
        known[index] = extended(known[index], question.asked, answers[at])
        writeFileSync(pathOf(question), gzipSync(JSON.stringify(known[index]), { level: 1 }))
      }
      return questions.map(({ asked }, index) => answersOf(known[index], asked))
    },
    end: oracles.end,
  }
}

/** Whatever the answers depend on besides the question: the versions of both programs, and how they are asked. */
function askerOf(): string {
  const files = [
    'envoy.ts',
    'ends.ts',
    'http.ts',
    'doors.ts',
    'oracles.ts',
    'istio/main.go',
    'istio/cluster.go',
    'istio/services.go',
    'istio/go.mod',
  ]
  const texts = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  return digestOf([envoyVersion() ?? '', ...texts])
}

function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex')
}

/** Nothing where Envoy refuses what Istio sends. */
type Known = Memory | 'refused' | undefined

function readMemory(path: string): Known {
  if (!existsSync(path)) return undefined
  return JSON.parse(gunzipSync(readFileSync(path)).toString()) as Known
}

/** What is still to be asked; nothing where everything is known, which may be that there is nothing to ask. */
function missingIn(known: Known, asked: readonly Asked[]): readonly Asked[] | undefined {
  if (known === undefined) return asked
  const missing =
    known === 'refused' ? [] : asked.filter((each) => known.ends[JSON.stringify(each)] === undefined)
  return missing.length === 0 ? undefined : missing
}

function extended(known: Known, asked: readonly Asked[], answers: Answers | undefined): Known {
  if (answers === undefined) return 'refused'
  const ends = asked.flatMap((each, index) => {
    const [before, after] = [answers.before[index], answers.after[index]]
    return before === undefined || after === undefined
      ? []
      : [[JSON.stringify(each), [before, after]] as const]
  })
  const before = known === undefined || known === 'refused' ? {} : known.ends
  return { refused: answers.refused, ends: { ...before, ...Object.fromEntries(ends) } }
}

function answersOf(known: Known, asked: readonly Asked[]): Answers | undefined {
  if (known === undefined || known === 'refused') return undefined
  const ends = asked.flatMap((each) => {
    const both = known.ends[JSON.stringify(each)]
    return both === undefined ? [] : [both]
  })
  return {
    refused: known.refused,
    before: ends.map(([before]) => before),
    after: ends.map(([, after]) => after),
  }
}
