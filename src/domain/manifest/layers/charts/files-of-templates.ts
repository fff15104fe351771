/** Whether a template reads a file of its chart, by the path of the file in it. */
type Reads = (path: string) => boolean

/**
 * What a template of Helm reads by `.Files`: the files that it names, and those that a pattern means; any, where the name is worked out, or
 * where the files themselves are handed on. Nothing where it reads none.
 */
export function filesRead(template: string): Reads | undefined {
  const uses = [
    ...template.matchAll(/\.Files\b(?:\.(?<how>\w+)(?:\s+(?:"(?<double>[^"\n]*)"|`(?<raw>[^`]*)`))?)?/g),
  ]
  if (uses.length === 0) return undefined
  const meant = uses.map(({ groups }): Reads => {
    const text = groups?.['double'] ?? groups?.['raw']
    if (text === undefined) return () => true
    const written = text.replace(/^\.?\//, '')
    return groups?.['how'] === 'Glob' ? (path) => isMeant(path, written) : (path) => path === written
  })
  return (path) => meant.some((reads) => reads(path))
}

/** As broadly as the first mark of a pattern leaves it, and with the end behind its last. */
function isMeant(path: string, pattern: string): boolean {
  const first = pattern.search(/[*?[{\\]/)
  if (first === -1) return path === pattern
  const end = /[^*?\]}\\]*$/.exec(pattern)?.[0] ?? ''
  return path.startsWith(pattern.slice(0, first)) && path.endsWith(end)
}
