/** `text` cut to `most` characters, with `…` in the place of what is missing. No character is cut in two. */
export function shortened(text: string, most: number): string {
  // A character takes two units at most, so that only the beginning of a long text is looked at.
  const characters = [...text.slice(0, 2 * (most + 1))]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}
