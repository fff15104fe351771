import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { identityOf, kindAndName, mayBeIdentity } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { gathered } from '../source/multimap.ts'
import { generatedName } from './generated-gateways.ts'
import type { Listener } from './listeners.ts'
import type { MissingFactCode, MissingFacts } from './missing-fact.ts'

const attached = new Set(['HTTPRoute', 'GRPCRoute', 'ListenerSet'])

/** Facts without which an object may have routes at listeners that are known. */
const leavesOpen: ReadonlySet<MissingFactCode> = new Set([
  'other-shape',
  'no-namespace',
  'filled-in',
  'copies',
  'namespace-labels',
  'other-backend',
])

/** What is not worked out and names a parent whose listeners are, by the Gateways that Istio makes of those. */
export function openAt(
  all: readonly UnmodelledResource[],
  listeners: readonly Listener[],
  missing: MissingFacts,
): ReadonlyMap<string, readonly string[]> {
  const open = all.filter(
    (each) => attached.has(each.kind) && missing.of(each).some(({ code }) => leavesOpen.has(code)),
  )
  return gathered(
    open.flatMap((each) =>
      listeners
        .filter(({ parent, gateway }) =>
          parentsNamedBy(each).some((name) =>
            [parent, gateway].some((own) => mayBeIdentity(identityOf(own), name)),
          ),
        )
        .map((listener) => [nameOf(listener), kindAndName(each)] as const),
    ),
  )
}

function nameOf(listener: Listener): string {
  return `${listener.parent.namespace ?? ''}/${generatedName(listener)}`
}

/** What an object names as its parents (`ns/name`), whether or not it could be decoded. */
export function parentsNamedBy({ body, namespace }: UnmodelledResource): readonly string[] {
  const spec = fieldsOf(body['spec'])
  return [...listIn(spec['parentRefs']), ...listIn(spec['parentRef'])].map(fieldsOf).map((parent) => {
    const own = textIn(parent['namespace']) ?? namespace
    return identityOf({ name: textIn(parent['name']) ?? '', ...(own !== undefined && { namespace: own }) })
  })
}
