import { ownValue } from '../../../source/own-value.ts'
import type { ObjectName, SideFiles } from '../side-files.ts'

/** What kubectl, and flux, also call kinds. */
const shortNames: Readonly<Record<string, string>> = {
  ap: 'authorizationpolicy',
  app: 'application',
  apps: 'application',
  deploy: 'deployment',
  dr: 'destinationrule',
  gw: 'gateway',
  hr: 'helmrelease',
  ks: 'kustomization',
  ns: 'namespace',
  se: 'serviceentry',
  sts: 'statefulset',
  svc: 'service',
  vs: 'virtualservice',
}

/** The singular of a type in small letters, without its group. */
export function kindCalled(type: string): string {
  const word = (type.split('.')[0] ?? '').toLowerCase()
  return (
    ownValue(shortNames, word) ??
    word
      .replace(/ies$/, 'y')
      .replace(/sses$/, 'ss')
      .replace(/(?<!s)s$/, '')
  )
}

/** The files with objects of the mesh that are called so. */
export function filesNamed(
  { type, name }: { readonly type: string; readonly name?: string },
  namespace: string | undefined,
  { mesh }: SideFiles,
): readonly string[] {
  const isMeant = meaning(kindCalled(type), name, namespace)
  return [...mesh].filter(([, objects]) => objects.some(isMeant)).map(([path]) => path)
}

function meaning(
  kind: string,
  name: string | undefined,
  namespace: string | undefined,
): (object: ObjectName) => boolean {
  const isThere = (each: ObjectName) => each.namespace === undefined || each.namespace === namespace
  if (kind === 'all') return (each) => namespace !== undefined && isThere(each)
  if (kind === 'namespace')
    return (each) =>
      name !== undefined && (each.namespace ?? (each.kind === 'Namespace' && each.name)) === name
  return (each) =>
    kindCalled(each.kind) === kind &&
    (name === undefined || each.name === name) &&
    (namespace === undefined || isThere(each))
}
