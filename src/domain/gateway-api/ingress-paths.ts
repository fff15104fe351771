import { isObject, type JsonObject } from '../manifest/json.ts'
import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { holdsUnknown } from '../manifest/placeholders/holds-unknown.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { HTTPRoute, StringMatch } from '../manifest/virtual-service.ts'
import { origin } from '../source/located.ts'
import type { Looking } from './looking.ts'
import { segmentUris } from './matches.ts'

/** One path of an Ingress that Istio serves. */
export interface IngressPath {
  readonly host: string
  readonly http: HTTPRoute
  /** The number of letters that count. */
  readonly length: number
  readonly isExact: boolean
}

/** The paths of an Ingress, in the order in which they are written; those to ports that are not there fall out. */
export function ingressPaths(ingress: UnmodelledResource, looking: Looking): readonly IngressPath[] {
  return rulesOf(ingress).flatMap((rule) => {
    const host = textIn(rule['host'])?.toLowerCase() ?? '*'
    return pathsIn(rule).flatMap((path) => {
      const destination = destinationOf(path, ingress, looking)
      if (destination === undefined) return []
      const { uris, text, isExact } = askedBy(path)
      const http: HTTPRoute = {
        match: uris.map((uri) => ({ uri })),
        route: [{ destination }],
        ...(ingress[origin] && { [origin]: ingress[origin] }),
      }
      return [{ host, http, length: text.length, isExact }]
    })
  })
}

function rulesOf({ body }: UnmodelledResource): readonly JsonObject[] {
  return listIn(fieldsOf(body['spec'])['rules']).map(fieldsOf)
}

function pathsIn(rule: JsonObject): readonly JsonObject[] {
  return listIn(fieldsOf(rule['http'])['paths']).map(fieldsOf)
}

/** Whether all of it is as an Ingress has to be, and nothing of it is filled in elsewhere. */
export function isLaidOut({ body }: UnmodelledResource): boolean {
  const { spec } = body
  return (
    isObject(spec) && !holdsUnknown(spec) && (spec['rules'] === undefined || Array.isArray(spec['rules']))
  )
}

interface AskedPath {
  readonly uris: readonly StringMatch[]
  readonly text: string
  readonly isExact: boolean
}

function askedBy({ path: written, pathType: type }: JsonObject): AskedPath {
  const path = textIn(written) ?? ''
  if (type === 'Exact') return exact(path)
  if (type === 'Prefix') return segments(path)
  if (path === '' || path === '*') return segments('/')
  return /(?:\.\*|\/\*)$/.test(path) ? segments(path.slice(0, -'/*'.length)) : exact(path)
}

function exact(text: string): AskedPath {
  return { uris: [{ exact: text }], text, isExact: true }
}

function segments(path: string): AskedPath {
  const text = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  const isAll = text === '/' || text === ''
  return {
    uris: isAll ? [{ prefix: '/' }] : segmentUris(text),
    text: isAll ? '/' : text,
    isExact: false,
  }
}

type Destination = NonNullable<NonNullable<HTTPRoute['route']>[number]['destination']>

function destinationOf(
  path: JsonObject,
  ingress: UnmodelledResource,
  { surroundings, missing, clusterDomain }: Looking,
): Destination | undefined {
  const service = fieldsOf(fieldsOf(path['backend'])['service'])
  const { name, port } = service
  if (typeof name !== 'string') return undefined
  const { namespace = '' } = ingress
  const host = `${name}.${namespace}.svc.${clusterDomain}`
  const { number, name: portName } = fieldsOf(port)
  if (typeof number === 'number') return { host, port: { number } }
  const [known] = surroundings.services.get(`${namespace}/${name}`) ?? []
  if (known === undefined) missing.add(ingress, 'service-unknown', `${namespace}/${name}`)
  const found = known?.ports.find((each) => each.name === portName)
  return found && { host, port: { number: found.port } }
}
