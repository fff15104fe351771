import type { SourceFile } from '../../src/domain/source/source-file.ts'
import type { Story } from './story.ts'

type Edit = (text: string) => string

/** Changes to one side: a text for a whole file, an edit of it, or `undefined` to take it away. */
export type Edits = Readonly<Record<string, string | Edit | undefined>>

function apply(files: readonly SourceFile[], edits: Edits): readonly SourceFile[] {
  const texts = new Map(files.map((file) => [file.path, file.text]))
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === undefined) texts.delete(path)
    else texts.set(path, typeof edit === 'string' ? edit : edit(texts.get(path) ?? ''))
  }
  return [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => ({ path, text }))
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
