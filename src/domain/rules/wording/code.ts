import { excerpt } from '../../manifest/excerpt.ts'
import type { Resource } from '../../manifest/resource.ts'

/** A text of a manifest within a sentence: one line, cut where it is long, set apart from the words around it. */
export function code(text: string): string {
  return `\`${excerpt(text).replaceAll('`', "'")}\``
}

/** What a resource is called in a sentence: by its name alone, as its team calls it. */
export function nameOf(resource: Pick<Resource, 'name'>): string {
  return code(resource.name)
}
