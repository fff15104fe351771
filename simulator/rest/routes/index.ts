import type { Route } from '../call.ts'
import { appRoutes } from './app.ts'
import { branchRuleRoutes } from './branch-rules.ts'
import { checkRoutes } from './checks.ts'
import { commentRoutes } from './comments.ts'
import { contentRoutes } from './contents.ts'
import { gitRoutes } from './git.ts'
import { peopleRoutes } from './people.ts'
import { pullRoutes } from './pulls.ts'
import { repositoryRoutes } from './repositories.ts'
import { reviewCommentRoutes } from './review-comments.ts'
import { reviewRoutes } from './reviews.ts'

/** Every route of the REST API. */
export const routes: readonly Route[] = [
  ...appRoutes,
  ...branchRuleRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...contentRoutes,
  ...gitRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
  ...reviewCommentRoutes,
  ...reviewRoutes,
]
