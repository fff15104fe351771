/** One line of a `.gitignore` or `.gitattributes`, seen from the folder of its file. */
export interface GitPattern {
  readonly negated: boolean
  /** Whether a path, relative to the folder of the file, is meant by itself. */
  matches(path: string): boolean
}

/**
 * Reads a pattern as Git does: without a slash it is a name at any depth, `*` stays within a name, `**` crosses them, and
 * a slash at the end means folders, of which only what lies in them is asked about here.
 */
export function gitPattern(written: string): GitPattern {
  const negated = written.startsWith('!')
  const pattern = negated ? written.slice(1) : written
  const trimmed = pattern.replace(/\/+$/, '')
  const anchored = trimmed.includes('/')
  const steps = trimmed.replace(/^\//, '').split('/')
  const whole = (anchored ? steps : ['**', ...steps]).map(stepOf)
  return { negated, matches: (path) => matchesSteps(whole, path.split('/')) }
}

/** Any folders, or one name. */
type Step = '**' | ((name: string) => boolean)

function stepOf(written: string): Step {
  return written === '**' ? written : nameMatcher(written, '!^')
}

/** By rows of a table, so that no pattern takes more than the product of both lengths. */
function matchesSteps(pattern: readonly Step[], path: readonly string[]): boolean {
  let row = path.map(() => false).concat(false)
  row[0] = true
  for (const [index, step] of pattern.entries()) {
    const isLast = index === pattern.length - 1
    const next = path.map(() => false).concat(false)
    for (let at = 0; at <= path.length; at++) {
      if (step === '**') next[at] = row[at] === true || (at > 0 && next[at - 1] === true)
      else if (at > 0) next[at] = row[at - 1] === true && step(path[at - 1] ?? '')
    }
    // `a/**` means what lies in a, not a.
    if (step === '**' && isLast && index > 0 && pattern[index - 1] !== '**')
      for (let at = 0; at <= path.length; at++) next[at] &&= row[at] !== true
    row = next
  }
  return row[path.length] === true
}

/**
 * `*`, `?`, `[...]` and `\` within one text, whatever it holds; `negations` are the marks by which a set means all others. Takes no more
 * than the product of both lengths.
 */
export function nameMatcher(pattern: string, negations: '^' | '!' | '!^'): (name: string) => boolean {
  const tokens = tokensOf(pattern, negations)
  return (name) => matchesTokens(tokens, name)
}

function matchesTokens(tokens: readonly NameToken[], name: string): boolean {
  let [at, on] = [0, 0]
  let back: readonly [number, number] | undefined
  while (on < name.length) {
    const token = tokens[at]
    if (token === 'any') {
      back = [at, on]
      at++
    } else if (token?.(name.charAt(on)) === true) {
      at++
      on++
    } else if (back !== undefined) {
      on = back[1] + 1
      at = back[0] + 1
      back = [back[0], on]
    } else return false
  }
  return tokens.slice(at).every((token) => token === 'any')
}

type NameToken = 'any' | ((character: string) => boolean)

function tokensOf(pattern: string, negations: string): readonly NameToken[] {
  const found = pattern.matchAll(/\*+|\?|\[(?<set>[!^]?\]?[^\]]*)\]|\\?(?<one>.)/gs)
  return [...found].map(({ 0: text, groups }): NameToken => {
    const set = groups?.['set']
    if (text.startsWith('*')) return 'any'
    if (text === '?') return () => true
    return set === undefined ? (character) => character === groups?.['one'] : inSet(set, negations)
  })
}

function inSet(written: string, negations: string): (character: string) => boolean {
  const negated = written !== '' && negations.includes(written.charAt(0))
  const members = [...written.slice(negated ? 1 : 0).matchAll(/(?<from>.)-(?<to>.)|(?<one>.)/gs)]
  const holds = (character: string) =>
    members.some(({ groups = {} }) =>
      groups['one'] === undefined
        ? character >= (groups['from'] ?? '') && character <= (groups['to'] ?? '')
        : character === groups['one'],
    )
  return (character) => holds(character) !== negated
}
