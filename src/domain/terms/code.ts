import { budgets } from '../budgets.ts'
import { excerpt } from '../manifest/excerpt.ts'
import { shownName } from '../manifest/names.ts'
import type { Resource } from '../manifest/resource.ts'
import { type Phrase, quoted } from '../words/phrase.ts'

/** A text of a manifest within a sentence: one line, cut where it is long, set apart from the words around it. */
export function code(text: string): Phrase {
  return quoted(excerpt(text))
}

/** What a resource is called in a sentence: by its name alone, as its team calls it; with the kind where that is another than is usual. */
export function nameOf(resource: Pick<Resource, 'name' | 'madeOf'>): Phrase {
  return code(resource.madeOf === undefined ? resource.name : shownName(resource))
}

/** A file in a sentence: whole, since half a path leads nowhere. */
export function pathOf(path: string): Phrase {
  return quoted(path.replace(/\s/g, "'").slice(0, budgets.path.size))
}

/** What several resources are called together: by name, and with the namespace where names alone are not enough. */
export function namesOf(
  resources: readonly Pick<Resource, 'name' | 'namespace' | 'madeOf'>[],
): readonly Phrase[] {
  const names = new Set(resources.map(({ name }) => name))
  return resources.map((each) => (names.size === resources.length ? nameOf(each) : code(shownName(each))))
}
