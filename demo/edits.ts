/** One change to one file, as somebody would make it in an editor. */
export interface Edit {
  readonly path: string
  readonly change: (text: string) => string
}

/** Replaces a text that must occur exactly once. */
export function replace(path: string, old: string, text: string): Edit {
  return {
    path,
    change: (before) => {
      if (before.split(old).length !== 2) throw new Error(`${path} does not hold ${JSON.stringify(old)} once`)
      return before.replace(old, () => text)
    },
  }
}

/** Adds a text at the end. */
export function append(path: string, text: string): Edit {
  return { path, change: (before) => before + text }
}

/** The files after the edits; an edit of a file that is not there starts from nothing. */
export function applyEdits(
  files: Readonly<Record<string, string>>,
  edits: readonly Edit[],
): Readonly<Record<string, string>> {
  const after: Record<string, string> = { ...files }
  for (const { path, change } of edits) after[path] = change(after[path] ?? '')
  return after
}
