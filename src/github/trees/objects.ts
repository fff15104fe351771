import type { GitObjects, ObjectPlace } from '../../app/reading/git-objects.ts'
import type { GitMirror } from '../../git/merge.ts'
import type { GitHubTrees } from './trees.ts'

/** Each object from where it is kept. */
export function objectsOf(trees: GitHubTrees, mirror: GitMirror | undefined): GitObjects {
  function keeper(place: ObjectPlace): Pick<GitHubTrees, 'listing' | 'blob'> {
    if (place === 'forge') return trees
    if (mirror === undefined) throw new Error('a merged tree can be read from its mirror alone')
    return mirror
  }
  return {
    listing: async (sha, place) => keeper(place).listing(sha),
    blob: async (sha, place, size) => keeper(place).blob(sha, size),
  }
}
