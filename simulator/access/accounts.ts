import type { Account } from '../state/accounts.ts'
import { nameKey } from '../state/names.ts'
import type { World } from '../state/world.ts'
import { ApiError } from './api-error.ts'

/** The account of a login; a name nobody has is a mistake of the caller. */
export function accountNamed(world: World, login: string): Account {
  const account = world.accounts.get(nameKey(login))
  if (!account) throw new ApiError(404, `Not Found: no account ${login}`)
  return account
}

/** Registers an account; the login must be free. */
export function addAccount(world: World, login: string, type: Account['type']): Account {
  if (world.accounts.has(nameKey(login))) throw new Error(`the login ${login} is taken`)
  const account: Account = { id: world.nextId(), login, type, createdAt: world.now() }
  world.accounts.set(nameKey(login), account)
  return account
}
