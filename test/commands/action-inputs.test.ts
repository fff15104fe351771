import { expect, it } from 'vitest'
import { askedBy, readInputs } from '../../src/commands/action-inputs.ts'

const none = readInputs({})

it('takes the inputs before what the event says', () => {
  const payload = {
    pull_request: { number: 7, base: { ref: 'main' }, head: { sha: 'h' }, user: { login: 'lina' } },
  }
  const event = { name: 'pull_request', payload }

  expect(askedBy({ ...none, token: 't' }, event)).toEqual({
    base: { name: 'refs/remotes/origin/main', isRef: true },
    head: { name: 'h', isRef: true },
    pull: 7,
    queued: false,
  })
  expect(askedBy({ ...none, base: 'b', author: 'carla' }, event)).toEqual({
    base: { name: 'b', isRef: false },
    head: { name: 'h', isRef: true },
    author: 'carla',
  })
})

it.for<readonly [string, string, unknown]>([
  [
    'a merge group',
    'merge_group',
    { merge_group: { base_sha: 'b', head_sha: 'h', head_ref: 'refs/heads/x' } },
  ],
  ['a push', 'push', { before: 'b', after: 'h', sender: { login: 'lina' } }],
])('takes nobody for the author of %s', ([, name, payload]) => {
  expect(askedBy(none, { name, payload })).toEqual({
    base: { name: 'b', isRef: true },
    head: { name: 'h', isRef: true },
    author: 'ghost',
  })
})

it('takes nobody for the author of a pull request where GitHub is not asked who pushed', () => {
  const payload = {
    pull_request: { number: 7, base: { ref: 'main' }, head: { sha: 'h' }, user: { login: 'lina' } },
  }

  expect(askedBy(none, { name: 'pull_request', payload })).toMatchObject({ author: 'ghost' })
})

it('compares a new branch with the default one', () => {
  const pushed = { before: '0'.repeat(40), after: 'h' }
  const baseOf = (payload: unknown) => askedBy(none, { name: 'push', payload }).base.name

  expect(baseOf({ ...pushed, repository: { default_branch: 'trunk' } })).toBe('refs/remotes/origin/trunk')
  expect(baseOf(pushed)).toBe('refs/remotes/origin/HEAD')
})

it.for<readonly [string, unknown]>([
  ['push', { before: 'b', after: '0'.repeat(40) }],
  ['pull_request', {}],
  ['pull_request', null],
  ['merge_group', { merge_group: 'x' }],
  ['workflow_dispatch', {}],
])('says what is missing where %s does not say what to compare', ([name, payload]) => {
  expect(() => askedBy(none, { name, payload })).toThrow(/give the inputs base and head/)
})

it('refuses what no input can be', () => {
  expect(() => readInputs({ INPUT_FORMAT: 'pdf' })).toThrow(/format must be one of/)
  expect(() => readInputs({ 'INPUT_FAIL-ON': 'success' })).toThrow(/fail-on must be one of/)
})
