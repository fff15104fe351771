/** In a file of which judging never ends. */
export const neverEnds = '# This evaluation never ends.'
