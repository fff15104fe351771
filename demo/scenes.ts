import { bookinfoFiles, organization } from './bookinfo.ts'
import { filesBelow } from './files-below.ts'
import { bookinfoStories } from './stories/bookinfo.ts'
import { clusterStories } from './stories/clusters.ts'
import { gatewayApiStories } from './stories/gateway-api.ts'
import type { Story } from './story.ts'

/** A repository, and what happens to it. */
export interface Scene {
  /** Its `owner/name`. */
  readonly repository: string
  /** What it shows, after "with". */
  readonly what: string
  readonly files: Readonly<Record<string, string>>
  readonly stories: readonly Story[]
}

/** In the order in which they are played. */
export const scenes: readonly Scene[] = [
  {
    repository: `${organization}/mesh`,
    what: 'the Bookinfo mesh as plain manifests',
    files: { ...bookinfoFiles(), ...filesBelow('previews') },
    stories: bookinfoStories,
  },
  {
    repository: `${organization}/clusters`,
    what: 'the same mesh in two clusters, by Kustomize and Argo CD',
    files: filesBelow('clusters'),
    stories: clusterStories,
  },
  {
    repository: `${organization}/gateway-api`,
    what: 'the same teams with HTTPRoutes on a Kubernetes Gateway',
    files: filesBelow('gateway-api'),
    stories: gatewayApiStories,
  },
]
