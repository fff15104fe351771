import { expect, test } from 'vitest'
import { operations } from '../../simulator/contract/operations.ts'
import type { Simulator } from '../../simulator/index.ts'
import { findRoute } from '../../simulator/rest/router.ts'
import {
  appToken,
  at,
  installationOctokit,
  linasPull,
  octokit,
  receiver,
  repo,
  smallWorld,
} from './support.ts'

/** The code that GitHub gives for the consent of the owner of a manifest. */
async function consented({ url }: Simulator): Promise<string> {
  const manifest = JSON.stringify({ url: 'https://a.example', redirect_url: 'https://a.example/back' })
  const answer = await fetch(`${url}/organizations/acme/settings/apps/new`, {
    method: 'POST',
    body: new URLSearchParams({ manifest, name: 'Another', state: 's' }),
    redirect: 'manual',
  })
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

// Each answer is checked against GitHub's description before it is sent; a broken one is a 500 here.
test('every operation can be answered as GitHub describes it', async () => {
  const hook = await receiver()
  const simulator = await smallWorld({ webhookUrl: hook.url })
  await simulator.push({
    repo,
    branch: 'main',
    by: 'maya',
    files: { CODEOWNERS: '* @acme/login\n' },
    message: 'o',
  })
  const { number, head } = await linasPull(simulator)
  const app = octokit(simulator, appToken(simulator))
  const { rest } = await installationOctokit(simulator)
  const carla = octokit(simulator, simulator.userToken('carla')).rest
  const [org, pull, issue] = ['acme', { ...at, pull_number: number }, { ...at, issue_number: number }]
  const team = { org, team_slug: 'login' }

  await app.rest.apps.getAuthenticated()
  const { data: installation } = await app.rest.apps.getOrgInstallation({ org })
  await app.rest.apps.getInstallation({ installation_id: installation.id })
  await app.rest.apps.getRepoInstallation(at)
  const { data: deliveries } = await app.rest.apps.listWebhookDeliveries()
  const delivery = { delivery_id: deliveries[0]?.id ?? 0 }
  await app.rest.apps.getWebhookDelivery(delivery)
  await app.rest.apps.redeliverWebhookDelivery(delivery)
  await rest.apps.listReposAccessibleToInstallation()
  await rest.rateLimit.get()
  await rest.users.getByUsername({ username: 'lina' })
  await rest.teams.getByName(team)
  await rest.teams.listMembersInOrg(team)
  await rest.teams.getMembershipForUserInOrg({ ...team, username: 'lina' })
  await rest.teams.listChildInOrg(team)
  const accept = 'application/vnd.github.v3.repository+json'
  await rest.teams.checkPermissionsForRepoInOrg({ ...team, ...at, headers: { accept } })
  await rest.repos.get(at)
  await rest.repos.listActivities(at)
  await rest.repos.listBranches(at)
  await rest.repos.getBranch({ ...at, branch: 'main' })
  await rest.repos.codeownersErrors(at)
  await rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'carla' })
  await rest.repos.getCommit({ ...at, ref: head })
  await rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: head })
  await rest.repos.compareCommitsWithBasehead({ ...at, basehead: 'main...edit' })
  await rest.repos.getContent({ ...at, path: 'README.md' })
  const { data: commit } = await rest.git.getCommit({ ...at, commit_sha: head })
  const { data: tree } = await rest.git.getTree({ ...at, tree_sha: commit.tree.sha })
  await rest.git.getBlob({ ...at, file_sha: tree.tree.find(({ type }) => type === 'blob')?.sha ?? '' })
  await rest.git.getRef({ ...at, ref: 'heads/main' })
  await rest.git.listMatchingRefs({ ...at, ref: 'pull/1' })

  const { data: run } = await rest.checks.create({ ...at, name: 'firebreak', head_sha: head })
  const check = { ...at, check_run_id: run.id }
  await rest.checks.update({ ...check, conclusion: 'success', output: { title: 't', summary: 's' } })
  await rest.checks.get(check)
  await rest.checks.listAnnotations(check)
  await rest.checks.rerequestRun(check)
  await rest.checks.listForRef({ ...at, ref: 'edit' })

  const { data: said } = await rest.issues.createComment({ ...issue, body: 'one' })
  const comment = { ...at, comment_id: said.id }
  await rest.issues.updateComment({ ...comment, body: 'two' })
  await rest.issues.getComment(comment)
  await rest.issues.listComments(issue)
  await rest.issues.listEventsForTimeline(issue)
  await rest.issues.deleteComment(comment)

  await rest.pulls.list(at)
  await rest.pulls.get(pull)
  await rest.pulls.listFiles(pull)
  await rest.pulls.listCommits(pull)
  await rest.pulls.requestReviewers({ ...pull, reviewers: ['carla'], team_reviewers: ['catalog'] })
  await rest.pulls.listRequestedReviewers(pull)
  await rest.pulls.removeRequestedReviewers({ ...pull, reviewers: ['carla'], team_reviewers: ['catalog'] })
  const { data: remark } = await rest.pulls.createReviewComment({
    ...pull,
    path: 'a.txt',
    line: 3,
    body: 'x',
    commit_id: head,
  })
  const one = { ...at, comment_id: remark.id }
  await rest.pulls.createReplyForReviewComment({ ...pull, comment_id: remark.id, body: 'y' })
  await rest.pulls.listReviewComments(pull)
  await rest.pulls.updateReviewComment({ ...one, body: 'z' })
  await rest.pulls.getReviewComment(one)
  await rest.pulls.deleteReviewComment(one)
  const { data: pending } = await carla.pulls.createReview({ ...pull, body: 'Later' })
  const review = { ...pull, review_id: pending.id }
  await carla.pulls.submitReview({ ...review, event: 'APPROVE' })
  await carla.pulls.updateReview({ ...review, body: 'Fine' })
  await rest.pulls.listReviews(pull)
  await rest.pulls.getReview(review)
  await carla.pulls.dismissReview({ ...review, message: 'No longer' })
  await simulator.idle()

  const maya = octokit(simulator, simulator.userToken('maya')).rest
  simulator.protectBranch(repo, 'main', { requiredChecks: ['firebreak'], mayDismiss: { teams: ['login'] } })
  const rules = [{ type: 'deletion' }]
  const bypass = [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }] as const
  const ruleset = { name: 'r', of: 'Repository', branches: ['main'], enforcement: 'active' } as const
  const ruleset_id = simulator.addRuleset(repo, { ...ruleset, rules, bypass })
  await maya.repos.getBranchProtection({ ...at, branch: 'main' })
  await maya.repos.getBranchRules({ ...at, branch: 'main' })
  await maya.repos.getRepoRuleset({ ...at, ruleset_id })
  await maya.orgs.listAppInstallations({ org })
  await maya.apps.createFromManifest({ code: await consented(simulator) })

  const answered = simulator.requests().flatMap(({ method, path, status }) => {
    const match = status < 400 ? findRoute(method, path.split('?')[0] ?? '') : undefined
    return match ? [match.route.operation] : []
  })
  expect(operations.filter((operation) => !answered.includes(operation))).toEqual([])
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
  await hook.close()
})
