const longest = 60

/** `text` for a message: one line, cut where it is long. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
