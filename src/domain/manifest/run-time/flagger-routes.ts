import { canaryServiceName, isByIstio, isCanary } from '../made-by-flagger.ts'
import { identityOf } from '../names.ts'
import type { UnmodelledResource } from '../resource.ts'
import { betweenServices, type WeightedRoutes } from './weighted-routes.ts'

/** The VirtualServices of Canaries: Flagger shares the requests of every entry between `NAME-primary` and `NAME-canary`. */
export function flaggerRoutes(resources: readonly UnmodelledResource[]): readonly WeightedRoutes[] {
  return resources
    .filter((each) => isCanary(each) && isByIstio(each.body))
    .flatMap((canary): readonly WeightedRoutes[] => {
      const { namespace, body, file } = canary
      const name = canaryServiceName(body)
      if (name === '') return []
      const identity = identityOf({ name, ...(namespace !== undefined && { namespace }) })
      return [
        {
          isOf: (virtualService) => virtualService === identity,
          by: `Canary ${identityOf(canary)}`,
          path: file.path,
          isEntry: () => true,
          isPair: betweenServices([`${name}-primary`, `${name}-canary`], namespace),
        },
      ]
    })
}
