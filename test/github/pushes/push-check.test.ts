import { expect, test } from 'vitest'
import type { Publication } from '../../../src/app/ports.ts'
import { checkNameFor, isCheckName, pushCheckName } from '../../../src/github/checks/check-name.ts'
import { pushId, pushOf, subjectOf } from '../../../src/github/checks/external-id.ts'
import { writePushCheck } from '../../../src/github/pushes/push-check.ts'
import { github, testClient, withNock } from '../../support/github.ts'

withNock()

const push = { branch: 'release/1.2', before: 'a'.repeat(40), after: 'b'.repeat(40) }
const runs = { client: testClient(), where: { owner: 'bookinfo', repo: 'mesh' } }

function created(): void {
  github()
    .post('/repos/bookinfo/mesh/check-runs', {
      name: 'firebreak merged into release/1.2',
      head_sha: push.after,
      status: 'in_progress',
      external_id: `push:${push.before}:release/1.2`,
    })
    .reply(201, { id: 5 })
}

function updated(wanted: object): void {
  github()
    .patch('/repos/bookinfo/mesh/check-runs/5', (body) => {
      expect(body).toMatchObject(wanted)
      return true
    })
    .reply(200, {})
}

test('law: what the run of a push carries says which push, and no pull request', () => {
  expect(pushOf(pushId(push), push.after)).toEqual(push)
  expect(subjectOf(pushId(push), push.after)).toBeUndefined()
  expect(pushOf('pr:7', push.after)).toBeUndefined()
  expect(pushOf(null, push.after)).toBeUndefined()
})

test.each(['main', 'merged', 'merged into main', ') firebreak'])(
  'no pull request into any branch (%s) has a check of the name of a push',
  (branch) => {
    for (const name of ['main', branch].map(pushCheckName)) {
      expect(name).not.toBe(checkNameFor(branch, 'main'))
      expect(isCheckName(name)).toBe(false)
    }
  },
)

test('whatever is told of a push is a failure: there is nothing left to approve', async () => {
  created()
  updated({ status: 'completed', conclusion: 'failure', output: { title: 'Merged without login: /login' } })
  const report = {
    conclusion: 'action_required',
    title: 'Merged without login: /login',
    summary: 's',
    annotations: [],
  }

  await writePushCheck(runs, push, { report, facts: [] } as unknown as Publication)
})

test('a fault is told as one, and can be tried again', async () => {
  created()
  updated({ conclusion: 'failure', output: { title: 'Cannot decide: GitHub answered 404' } })

  await writePushCheck(runs, push, { kind: 'fault', because: 'GitHub answered 404', again: 'by-hand' })
})
