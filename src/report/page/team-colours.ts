/** The teams of a page, each with its place. */
export type TeamColours = ReadonlyMap<string, number>

/** Colours that differ enough to be told apart, and patterns over them for the teams after those. */
const [colours, patterns] = [10, 4]

/** The teams in the order of their names: the same teams have the same colours. */
export function teamColours(teams: readonly string[]): TeamColours {
  return new Map(teams.map((team, at) => [team, at]))
}

/** The class that colours a team, and the pattern over it. */
export function teamClass(
  team: string,
  known: TeamColours,
): { readonly hue: string; readonly pattern: string | undefined } {
  const place = known.get(team) ?? 0
  const pattern = Math.floor(place / colours) % patterns
  return { hue: `hue${place % colours}`, pattern: pattern === 0 ? undefined : `pattern${pattern}` }
}

/** What the pictures of a page refer to: the head of an arrow, and the patterns. */
export const sharedDrawings = [
  '<svg class="shared" width="0" height="0" aria-hidden="true"><defs>',
  '<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L8,4L0,8z" fill="context-stroke"/></marker>',
  '<pattern id="pattern1" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="gap" width="4" height="8"/></pattern>',
  '<pattern id="pattern2" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="gap" width="8" height="3"/></pattern>',
  '<pattern id="pattern3" width="8" height="8" patternUnits="userSpaceOnUse"><circle class="gap" cx="4" cy="4" r="2.4"/></pattern>',
  '</defs></svg>',
].join('')

/** A sample of a team's colour for a legend. */
export function swatch(team: string, known: TeamColours): string {
  const { hue, pattern } = teamClass(team, known)
  const size = 'width="16" height="16"'
  const over = pattern === undefined ? '' : `<rect fill="url(#${pattern})" ${size}/>`
  return `<svg ${size} aria-hidden="true"><rect class="${hue}" ${size}/>${over}</svg>`
}
