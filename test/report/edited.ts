import type { SourceFile } from '../../src/domain/source/source-file.ts'
import type { Story } from './story.ts'

type Edit = (text: string) => string

/** Changes to one side: a text for a whole file, an edit of it, or `undefined` to take it away. */
export type Edits = Readonly<Record<string, string | Edit | undefined>>

/** What is not edited stays the same file, so that it is read once in all stories. */
function apply(files: readonly SourceFile[], edits: Edits): readonly SourceFile[] {
  const all = new Map(files.map((file) => [file.path, file]))
  for (const [path, edit] of Object.entries(edits)) {
    const text = typeof edit === 'function' ? edit(all.get(path)?.text ?? '') : edit
    if (text === undefined) all.delete(path)
    else all.set(path, { path, text })
  }
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** A story with other files: `both` sides first, then the head alone. */
export function edited(story: Story, { both = {}, head = {} }: { both?: Edits; head?: Edits }): Story {
  const base = apply(story.base, both)
  return { ...story, base, head: apply(apply(story.head, both), head) }
}

/** A story in which nothing is changed yet. */
export function unchanged(story: Story): Story {
  return { ...story, head: story.base }
}

/** Replaces the first occurrence, which must be there. */
export function replacing(old: string, by: string): Edit {
  return (text) => {
    if (!text.includes(old)) throw new Error(`The fixture lacks ${JSON.stringify(old)}`)
    return text.replace(old, () => by)
  }
}
