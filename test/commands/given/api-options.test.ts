import { expect, it } from 'vitest'
import { assess } from '../../../src/index.ts'
import { folder } from '../fake-terminal.ts'
import { shop } from '../shop.ts'

function sides(): { readonly base: string; readonly head: string } {
  const path = folder(shop)
  return { base: path, head: path }
}

it.each([
  ['all that there is', { author: 'cem', approvedBy: ['ana'], members: {}, existing: true, path: '' }],
  ['no more than two folders', {}],
  ['what is not set', { author: undefined, members: undefined }],
  ['a day', { today: '2026-11-30' }],
])('takes %s', async (_, options) => {
  expect(await assess({ ...sides(), ...(options as object) })).toMatchObject({
    decision: { conclusion: 'success' },
  })
})

it.each<readonly [string, unknown, string]>([
  ['nothing', undefined, 'What assess is given'],
  ['no folder', { head: undefined }, 'head'],
  ['an address instead of a folder', { base: new URL('file:///a') }, 'base'],
  ['an empty folder, which would be the working directory', { base: '', head: '' }, 'base'],
  ['a number', { author: 5 }, 'author'],
  ['nobody by name', { author: '' }, 'author'],
  ['one name instead of a list', { approvedBy: 'ana' }, 'approvedBy'],
  ['a team that is one name', { members: { '@shop/cart': 'ana' } }, 'members.@shop/cart'],
  ['a day that is none', { today: 'tomorrow' }, 'today'],
  ['a word for yes', { existing: 'no' }, 'existing'],
  ['an option of no such name', { approvedby: ['ana'] }, 'approvedby'],
])('refuses %s, and says which', async (_, options, named) => {
  const given = options === undefined ? undefined : { ...sides(), ...(options as object) }
  const refused = assess(given as Parameters<typeof assess>[0])

  await expect(refused).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining(named) })
})
