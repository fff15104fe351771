import { z } from 'zod'
import type { JsonObject } from '../../manifest/json.ts'
import { unmergedCodes, unreadKinds } from '../obstruction.ts'

/** A list that nobody changes. */
function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly()
}

/** A map of texts as pairs: JSON has none whose keys may be anything. */
function pairs<Value extends z.ZodType>(value: Value) {
  return list(z.tuple([z.string(), value]).readonly())
}

const commit = z
  .string()
  .regex(/^[0-9a-f]{40,64}$/)
  .describe('The SHA of a commit.')
const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256, in hex.')

const person = z.strictObject({ login: z.string(), bot: z.boolean() })
const push = z.strictObject({ before: commit.exactOptional(), after: commit })

const pullRequest = z.strictObject({
  owner: z.string(),
  repo: z.string(),
  number: z.int().min(0).describe('0: what was pushed without a pull request.'),
  draft: z.boolean(),
  author: person,
  head: z.strictObject({ sha: commit, branch: z.string(), repository: z.string().exactOptional() }),
  base: z.strictObject({ branch: z.string(), tip: commit }),
  defaultBranch: z.string(),
  organization: z.string().exactOptional(),
  group: z
    .strictObject({ sha: commit, parent: commit })
    .exactOptional()
    .describe('The commit of a merge queue, or of a push.'),
  requestedReviewers: list(z.string()),
})

const mergedSide = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('commit'), sha: commit }),
    z.strictObject({ kind: z.literal('overlay'), base: commit, head: commit }),
    z.strictObject({ kind: z.literal('tree'), sha: commit }),
    z.strictObject({ kind: z.literal('conflict'), paths: list(z.string()) }),
    z.strictObject({
      kind: z.literal('unknown'),
      code: z.enum(unmergedCodes),
      details: list(z.string()).exactOptional(),
    }),
  ])
  .describe('What the base branch would have held, and how that was found.')

const codeownersError = z.strictObject({
  line: z.int(),
  column: z.int(),
  kind: z.string(),
  path: z.string(),
  message: z.string(),
  suggestion: z.string().exactOptional(),
})
const codeownersReading = z.union([z.enum(['not-asked', 'no-answer']), list(codeownersError)])

const review = z.strictObject({
  by: person,
  state: z.enum(['approved', 'changes-requested', 'dismissed']),
  commit: z.string(),
  at: z.string(),
  mayWrite: z.boolean(),
  body: z.string(),
  editedBy: z.string().exactOptional(),
  dismissal: z
    .strictObject({ was: z.enum(['objection', 'no-objection']), by: person.exactOptional() })
    .exactOptional(),
})

const pusher = z.strictObject({
  ...person.shape,
  pushes: list(push).exactOptional(),
  changed: z.literal('nothing').exactOptional(),
})

const people = z.strictObject({
  author: person.exactOptional(),
  pushers: z.union([z.literal('unknown'), list(pusher)]),
  isOfFork: z.literal(true).exactOptional(),
  lastPusher: z.string().exactOptional(),
  reviews: list(review),
  retargetedAt: z.string().exactOptional(),
  shown: list(z.strictObject({ at: z.string(), digests: list(z.string()) })).exactOptional(),
  refused: z.literal('teams').exactOptional().describe('What the forge refused to say.'),
  memberships: pairs(z.enum(['member', 'no-member', 'unresolvable'])).describe('By owner and login.'),
})

const reason = z.strictObject({
  team: z.string(),
  codes: list(z.string()),
  satisfiedBy: z.string().exactOptional(),
})
const finding = z.strictObject({ rule: z.string(), code: z.string(), status: z.string() })

/** A verdict as programs compare it; `report` is the digest of every word of it but review comments. */
const verdict = z.strictObject({
  conclusion: z.enum(['success', 'failure', 'action_required']),
  title: z.string(),
  reasons: list(reason),
  findings: list(finding),
  obstructions: list(z.string()),
  report: digest,
})

const defaults = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('file'), path: z.string(), text: z.string() }),
    z.strictObject({ kind: z.literal('unread'), path: z.string(), because: z.enum(unreadKinds) }),
  ])
  .describe('The configuration of the repository .github of the same owner, where the repository has none.')

const inputs = z.strictObject({
  today: z.iso.date(),
  pull: pullRequest,
  merged: z
    .strictObject({ branch: z.string(), by: z.string().exactOptional(), number: z.int().exactOptional() })
    .exactOptional()
    .describe('What was judged after it had come into a branch.'),
  side: mergedSide,
  files: z
    .strictObject({
      base: digest,
      merged: digest,
      configuration: digest.exactOptional(),
      codeowners: digest.exactOptional(),
    })
    .describe('Of the texts that were read; CODEOWNERS and configuration are those of the base.'),
  defaults: defaults.exactOptional(),
  readings: z.strictObject({ base: codeownersReading, merged: codeownersReading }),
  impostors: list(z.string()),
  unmerged: list(z.string()).describe('Names of versions that were branches, or not merged into the base.'),
  people,
  members: pairs(list(person)),
})

const decisionSchema = z.strictObject({
  schema: z.literal('firebreak-decision/1'),
  version: z.string(),
  at: z.iso.datetime(),
  on: commit.describe('The commit on which the verdict stands.'),
  inputs,
  verdict,
})

/** Everything that a verdict rested on, and the verdict: one line of a file of decisions. */
export type DecisionRecord = z.infer<typeof decisionSchema>
export type DecisionInputs = DecisionRecord['inputs']
export type RecordedVerdict = DecisionRecord['verdict']

/** A record, or the place in it that is not as it should be. */
export function readDecision(
  value: unknown,
): { readonly record: DecisionRecord } | { readonly wrongAt: string } {
  const { data, error } = decisionSchema.safeParse(value)
  if (data !== undefined) return { record: data }
  const [issue] = error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return { wrongAt: [...(issue?.path ?? []), ...keys].map(String).join('.') }
}

/** The JSON Schema of a record, which ships with the project. */
export function decisionJsonSchema(): JsonObject {
  const shape: object = {
    title: 'Firebreak decision',
    description: 'One line of the file that DECISIONS names. See docs/command-line.md.',
    ...z.toJSONSchema(decisionSchema, { io: 'input', target: 'draft-7' }),
  }
  return shape as JsonObject
}
