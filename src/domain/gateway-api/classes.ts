import type { Specified } from '../manifest/gateway-api.ts'

/** Classes that Istio knows without any object, and what they are for. */
const builtIn: ReadonlyMap<string, 'gateway' | 'waypoint' | 'remote'> = new Map([
  ['istio', 'gateway'],
  ['istio-remote', 'remote'],
  ['istio-waypoint', 'waypoint'],
])

const controllers: ReadonlyMap<string, 'gateway' | 'waypoint' | 'remote'> = new Map([
  ['istio.io/gateway-controller', 'gateway'],
  ['istio.io/unmanaged-gateway', 'remote'],
  ['istio.io/mesh-controller', 'waypoint'],
])

/** Who implements the Gateways of a class. */
export type Controller = 'gateway' | 'waypoint' | 'remote' | 'other' | 'unknown'

/** The controller of a class by its name. */
export function controllersOf(
  classes: readonly Specified<'GatewayClass'>[],
): (className: string | undefined) => Controller {
  const byName = new Map(classes.map((each) => [each.name, each.decoded.controllerName ?? '']))
  return (className = '') => {
    const controller = byName.get(className)
    if (controller !== undefined) return controllers.get(controller) ?? 'other'
    return builtIn.get(className) ?? 'unknown'
  }
}
