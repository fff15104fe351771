import { holding } from '../../source/holding.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { groupOf } from '../kinds/deciding-groups.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../layers/written.ts'
import { identityOf } from '../names.ts'
import { betweenServices, betweenSubsets, type WeightedRoutes } from './weighted-routes.ts'

const namesRollouts = holding('Rollout')

/**
 * The routes that Rollouts of Argo name: their weights are set between the stable and the canary Service, or the two subsets. A
 * Rollout that names no route means the only one there is.
 */
export function rolloutRoutes(
  files: readonly SourceFile[],
  namespaceOf: (path: string) => string | undefined,
): readonly WeightedRoutes[] {
  return files
    .filter(namesRollouts)
    .flatMap((file) =>
      (documentsIn(file) ?? [])
        .flatMap(rolloutsIn)
        .flatMap((rollout) => routesOf(rollout, file, namespaceOf(file.path))),
    )
}

function rolloutsIn(document: JsonValue): readonly JsonObject[] {
  const body = fieldsOf(document)
  const kind = textIn(body['kind']) ?? ''
  if (kind.endsWith('List')) return listIn(body['items']).flatMap(rolloutsIn)
  return kind === 'Rollout' && groupOf(textIn(body['apiVersion']) ?? '') === 'argoproj.io' ? [body] : []
}

function routesOf(
  body: JsonObject,
  { path }: SourceFile,
  elsewhere: string | undefined,
): readonly WeightedRoutes[] {
  const metadata = fieldsOf(body['metadata'])
  const namespace = textIn(metadata['namespace']) ?? elsewhere
  const own = (name: string, there = namespace) =>
    identityOf({ name, ...(there !== undefined && { namespace: there }) })
  const canary = fieldsOf(fieldsOf(fieldsOf(body['spec'])['strategy'])['canary'])
  const istio = fieldsOf(fieldsOf(canary['trafficRouting'])['istio'])
  const pairs = pairsOf(canary, istio, namespace)
  return [...listIn(istio['virtualService']), ...listIn(istio['virtualServices'])].flatMap((each) => {
    const { name, routes } = fieldsOf(each)
    const [first = '', there] = (textIn(name) ?? '').split('.')
    const named = listIn(routes).flatMap((route) => textIn(route) ?? [])
    return pairs.map((isPair) => ({
      isOf: (virtualService) => virtualService === own(first, there),
      by: `Rollout ${own(textIn(metadata['name']) ?? '')}`,
      path,
      isEntry: ({ name: entry = '' }, count) =>
        named.length === 0 ? count === 1 : entry !== '' && named.includes(entry),
      isPair,
    }))
  })
}

function pairsOf(
  canary: JsonObject,
  istio: JsonObject,
  namespace: string | undefined,
): readonly WeightedRoutes['isPair'][] {
  const pingPong = fieldsOf(canary['pingPong'])
  const rule = fieldsOf(istio['destinationRule'])
  const services = [
    [canary['stableService'], canary['canaryService']],
    [pingPong['pingService'], pingPong['pongService']],
  ]
  return [
    ...services.flatMap(both).map((pair) => betweenServices(pair, namespace)),
    ...both([rule['stableSubsetName'], rule['canarySubsetName']]).map(betweenSubsets),
  ]
}

/** The two names, or nothing where one is missing. */
function both(values: readonly (JsonValue | undefined)[]): readonly (readonly string[])[] {
  const names = values.flatMap((value) => textIn(value) || [])
  return names.length === values.length ? [names] : []
}
