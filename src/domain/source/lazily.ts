import { remembered } from './remembered.ts'

/** An object with further fields, each of which is made when it is first read, and once. */
export function lazily<Known extends object, Later extends object>(
  known: Known,
  later: { readonly [Name in keyof Later]: () => Later[Name] },
): Omit<Known, keyof Later> & Later {
  const getters = Object.entries<() => unknown>(later).map(
    ([name, make]) => [name, { get: remembered(make), enumerable: true }] as const,
  )
  return Object.defineProperties({ ...known }, Object.fromEntries(getters)) as Known & Later
}
