function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/**
 * The known name that was probably meant: another spelling of the same words, or at most two letters off (one in a short
 * name). Ties go to the first.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64) return undefined
  const wanted = camelCase(name).toLowerCase()
  const ranked = known
    .map((each) => ({ each, off: distance(wanted, each.toLowerCase()) }))
    .filter(({ each, off }) => off <= (Math.min(each.length, name.length) <= 4 ? 1 : 2))
    .toSorted((a, b) => a.off - b.off)
  return ranked[0]?.each
}
