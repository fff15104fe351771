/**
 * What a table holds under a name that somebody may have written. `constructor` and `__proto__` are names like any other:
 * what every object has by itself is not found.
 */
export function ownValue<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}
