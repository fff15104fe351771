/** Whether two `ns/name` may be the same: `?` is a namespace that nothing says. */
export function mayBeSame(a: string, b: string): boolean {
  if (a === b) return true
  const [namespaceA = '', nameA] = split(a)
  const [namespaceB = '', nameB] = split(b)
  return nameA === nameB && (namespaceA === '?' || namespaceB === '?')
}

function split(identity: string): readonly [string, string] {
  const slash = identity.indexOf('/')
  return [identity.slice(0, slash), identity.slice(slash + 1)]
}
