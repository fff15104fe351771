import { z } from 'zod'
import { budgets } from '../../domain/budgets.ts'
import { actorFields } from '../people/person.ts'
import { defaultsFields, folderFragment } from './given-defaults.ts'
import { wholeTreeFields } from './given-folder.ts'

/** Of each list; what is longer is asked for by itself. */
const page = budgets.graphPage.size

/** Asks for it, and once it is known into what base, for what else is asked before a verdict is published. */
export const query = `query($owner: String!, $name: String!, $number: Int!, $app: Int!, $check: String!, $base: String!, $ref: String, $again: Boolean!, $tree: Boolean!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    owner { __typename login }
    codeowners(refName: $ref) { errors { column kind line message path suggestion } }
    refs(refPrefix: "refs/heads/gh-readonly-queue/", first: ${page}) @include(if: $again) {
      totalCount nodes { name target { oid } }
    }
    pullRequests(states: [OPEN], baseRefName: $base, first: ${page}) @include(if: $again) {
      totalCount nodes { number headRefOid }
    }
    pullRequest(number: $number) {
      state isDraft author ${actorFields}
      headRefName headRefOid headRepository { nameWithOwner }
      baseRefName baseRefOid baseRef { target { oid ... on Commit { tree { oid } } } }
      mergeable potentialMergeCommit {
        oid parents(first: 3) { totalCount nodes { oid } } tree { oid } tree @include(if: $tree) { ${wholeTreeFields} }
      }
      reviewRequests(first: ${page}) { nodes { requestedReviewer {
        __typename ... on User { login } ... on Team { slug }
      } } }
      comments(first: ${page}) @include(if: $again) { totalCount nodes { databaseId body author ${actorFields} } }
      reviewThreads(first: 1) @include(if: $again) { totalCount }
      own: commits(first: ${page}) @skip(if: $again) {
        totalCount nodes { commit { oid parents(first: 3) { totalCount nodes { oid } } } }
      }
      commits(last: 1) { nodes { commit {
        oid tree { oid }
        named: checkSuites(first: 20, filterBy: { checkName: $check }) { totalCount nodes {
          app { databaseId name }
          checkRuns(first: 1, filterBy: { checkName: $check, checkType: LATEST }) { totalCount }
        } }
        ours: checkSuites(first: 1, filterBy: { appId: $app }) @include(if: $again) { totalCount nodes {
          checkRuns(first: ${page}, filterBy: { checkType: ALL, status: IN_PROGRESS }) {
            totalCount nodes { databaseId externalId }
          }
        } }
      } } }
    }
  }
  ${defaultsFields}
}
${folderFragment}`

const listOf = <T extends z.ZodType>(node: T) => z.object({ totalCount: z.number(), nodes: z.array(node) })
const actor = z.object({ __typename: z.string(), login: z.string() }).nullable()
const oid = z.object({ oid: z.string() })
const commitWithTree = oid.extend({ tree: z.looseObject({ oid: z.string() }).optional() })

const commitShape = commitWithTree.extend({
  named: listOf(
    z.object({
      app: z.object({ databaseId: z.number().nullable(), name: z.string() }).nullable(),
      checkRuns: z.object({ totalCount: z.number() }).nullable(),
    }),
  ).nullable(),
  ours: listOf(
    z.object({
      checkRuns: listOf(z.object({ databaseId: z.number(), externalId: z.string().nullable() })).nullable(),
    }),
  ).nullish(),
})

const pullShape = z.object({
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  author: actor,
  headRefName: z.string(),
  headRefOid: z.string(),
  headRepository: z.object({ nameWithOwner: z.string() }).nullable(),
  baseRefName: z.string(),
  baseRefOid: z.string(),
  baseRef: z.object({ target: commitWithTree }).nullable(),
  mergeable: z.enum(['MERGEABLE', 'CONFLICTING', 'UNKNOWN']),
  potentialMergeCommit: commitWithTree.extend({ parents: listOf(oid) }).nullable(),
  own: listOf(z.object({ commit: oid.extend({ parents: listOf(oid) }) })).optional(),
  reviewRequests: z
    .object({
      nodes: z.array(
        z.object({
          requestedReviewer: z
            .object({ __typename: z.string(), login: z.string().optional(), slug: z.string().optional() })
            .nullable(),
        }),
      ),
    })
    .nullable(),
  comments: listOf(z.object({ databaseId: z.number(), body: z.string(), author: actor })).optional(),
  reviewThreads: z.object({ totalCount: z.number() }).optional(),
  commits: z.object({ nodes: z.array(z.object({ commit: commitShape })) }),
})

/** Of what is given nothing else is read. */
export const shape = z.object({
  repository: z.object({
    defaultBranchRef: z.object({ name: z.string() }),
    owner: z.object({ __typename: z.string(), login: z.string() }),
    codeowners: z
      .object({
        errors: z.array(
          z.object({
            line: z.number(),
            column: z.number(),
            kind: z.string(),
            path: z.string(),
            message: z.string(),
            suggestion: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
    refs: listOf(z.object({ name: z.string(), target: oid })).nullish(),
    pullRequests: listOf(z.object({ number: z.number(), headRefOid: z.string() })).optional(),
    pullRequest: pullShape,
  }),
})

/** A repository with one of its pull requests. */
export type GivenRepository = z.infer<typeof shape>['repository']
/** The pull request. */
export type Given = z.infer<typeof pullShape>

/** Its head. */
export type GivenCommit = z.infer<typeof commitShape>
