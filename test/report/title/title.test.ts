import { describe, expect, test } from 'vitest'
import type { Assessment } from '../../../src/domain/policy/judgement.ts'
import { sentence } from '../../support/said.ts'
import { edited, replacing, unchanged } from '../edited.ts'
import { expectPromises } from '../promises.ts'
import { assessStory, contextOf, readStory, type Story } from '../story.ts'

const own = readStory('own-path')
const logs = readStory('takes-logs')
const login = 'teams/login/vs-1.yaml'

function titleOf(story: Story, change: (assessment: Assessment) => Assessment = (same) => same): string {
  return expectPromises(change(assessStory(story)), contextOf(story)).title
}

const rows: readonly (readonly [situation: string, title: string, story: Story])[] = [
  [
    'a conflict in a known file',
    'Blocked: resolve the conflict in teams/login/vs-1.yaml first',
    {
      ...own,
      obstructions: [
        { kind: 'conflict', code: 'conflict', ...sentence('This pull request conflicts'), path: login },
      ],
    },
  ],
  [
    'a conflict',
    'Blocked: resolve the conflict with the base branch first',
    {
      ...own,
      obstructions: [
        {
          kind: 'conflict',
          code: 'conflict',
          ...sentence('This pull request conflicts with its base branch'),
          rest: [{ kind: 'words', text: '. Resolve it' }],
        },
      ],
    },
  ],
  [
    'a fault of GitHub',
    'Cannot decide: GitHub did not answer 3 times; press Re-run',
    {
      ...own,
      obstructions: [
        {
          kind: 'fault',
          code: 'fault',
          ...sentence('GitHub did not answer 3 times'),
          rest: [{ kind: 'words', text: '; press Re-run' }],
        },
      ],
    },
  ],
  [
    'a limit',
    'Cannot decide: 1 manifest is over 5 MB (teams/search/all.yaml)',
    {
      ...own,
      obstructions: [
        { kind: 'limit', code: 'limit', ...sentence('1 manifest is over 5 MB (`teams/search/all.yaml`)') },
      ],
    },
  ],
  [
    'a team that cannot be read',
    'Waiting for catalog: bookinfo/catalog cannot be looked up, so nobody can approve',
    { ...logs, members: { '@bookinfo/login': ['lina'] }, cast: { author: 'lina', approvedBy: ['carla'] } },
  ],
  [
    'somebody who is in no team',
    'Waiting for login: vs-1 is theirs, and dora is not in the team',
    { ...own, cast: { author: 'dora' } },
  ],
  [
    'a file without an owner',
    'Waiting for the repository admins: nobody owns teams/new/vs-9.yaml',
    edited(unchanged(own), {
      head: {
        'teams/new/vs-9.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-9, namespace: ns9 }
spec:
  hosts: [new.example]
  gateways: [other/gateway]
  http: [{ route: [{ destination: { host: new.default.svc.cluster.local } }] }]
`,
      },
    }),
  ],
  [
    'a strict repository',
    'Blocked: only login may change vs-1, and carla is not in the team',
    edited(
      { ...own, cast: { author: 'carla' } },
      { both: { '.github/firebreak.yml': 'ownership: { consent: author }\n' } },
    ),
  ],
  [
    'a draft that is fine',
    'Draft: /login/reset goes to login (was 404); no other team is affected',
    { ...own, cast: { author: 'lina', draft: true } },
  ],
  [
    'one path that is named like a word of ours',
    'OK: /login/exceptions goes to login (was 404); no other team is affected',
    edited(own, { head: { [login]: replacing('/login/reset', '/login/exceptions') } }),
  ],
  [
    'two paths that get a timeout and a retry',
    'OK: /login and /logout get a 3 s timeout and 2 retries of 1 s each',
    edited(unchanged(own), {
      head: {
        [login]: replacing(
          '      route:',
          '      timeout: 3s\n      retries: { attempts: 2, perTryTimeout: 1s }\n      route:',
        ),
      },
    }),
  ],
]

describe('the title', () => {
  test.each(rows)('for %s', (_, title, story) => {
    expect(titleOf(story)).toBe(title)
  })

  test('names the author of an override, the reason, and who was not asked', () => {
    const title = titleOf(logs, (assessment) => ({
      ...assessment,
      decision: {
        ...assessment.decision,
        conclusion: 'success',
        override: { by: 'maya', at: '2026-01-02T03:04:05Z', reason: 'incident 4711, roll back' },
      },
    }))

    expect(title).toBe('Overridden by maya: "incident 4711, roll back" (catalog not asked)')
  })

  test('stays within its length whatever the reason of an override says', () => {
    const title = titleOf(logs, (assessment) => ({
      ...assessment,
      decision: {
        ...assessment.decision,
        conclusion: 'success',
        override: { by: 'maya', at: '2026-01-02T03:04:05Z', reason: `@octocat \u202e${'long '.repeat(60)}` },
      },
    }))

    expect(title).toMatch(/^Overridden by maya: "@octocat \\u\{202e\}long .*…" \(catalog not asked\)$/)
  })
})
