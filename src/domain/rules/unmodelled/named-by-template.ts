import type { Gateway } from '../../manifest/gateway.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { memoized } from '../../source/memoized.ts'

/** Files whose objects a template names. */
export interface NamedByTemplate {
  /** By kind, namespace and name, or by a host. */
  readonly others: readonly string[]
  /** By kind and name; the namespace is filled in later. */
  readonly perhaps: readonly string[]
}

/** What stands in a template in so many words. */
interface Literal {
  readonly kind: string | undefined
  readonly name: string | undefined
  /** Absent where it is not written, or is filled in. */
  readonly namespace: string | undefined
  readonly hosts: ReadonlySet<string>
}

/** Which of the objects of one side a template may stand in for, or take the requests of, as far as it says so literally; `given`: hosts that it may be filled in with. */
export function namedByTemplate(
  text: string,
  path: string,
  { manifests, given }: { readonly manifests: Manifests; readonly given: readonly string[] },
): NamedByTemplate {
  const literal = literalIn(text)
  const hosts = new Set([...literal.hosts, ...given])
  const all = [...manifests.virtualServices, ...manifests.gateways].filter(({ file }) => file.path !== path)
  const alike = all.filter(({ kind, name }) => kind === literal.kind && name === literal.name)
  const same = alike.filter(({ namespace }) => namespace !== undefined && namespace === literal.namespace)
  const hosted = all.filter((each) => hostsOf(each).some((host) => hosts.has(host.toLowerCase())))
  const unsaid = literal.namespace === undefined ? alike : []
  return { others: pathsOf([...same, ...hosted]), perhaps: pathsOf(unsaid) }
}

function pathsOf(resources: readonly (VirtualService | Gateway)[]): readonly string[] {
  return [...new Set(resources.map(({ file }) => file.path))].sort()
}

/** Every host that a VirtualService here has, in lower case. */
export const hostsHad = memoized(
  ({ virtualServices }: Manifests): ReadonlySet<string> =>
    new Set(virtualServices.flatMap(hostsOf).map((host) => host.toLowerCase())),
)

/** A wildcard alone says whose requests it takes no more than a name that is filled in does. */
function hostsOf(resource: VirtualService | Gateway): readonly string[] {
  return resource.kind === 'VirtualService' ? (resource.spec.hosts ?? []).filter((host) => host !== '*') : []
}

/** Read line by line: marks may stand anywhere, so that the text need not be YAML. */
function literalIn(text: string): Literal {
  const metadata = /^metadata:[ \t]*\n(?<block>(?:[ \t]+.*\n|[ \t]*\n|[ \t]*\{\{.*\n)*)/m.exec(`${text}\n`)
  const block =
    metadata?.groups?.['block'] ?? /^metadata:[ \t]*(?<flow>\{.*)$/m.exec(text)?.groups?.['flow'] ?? ''
  return {
    kind: scalar(text, 'kind'),
    name: scalar(block, 'name'),
    namespace: scalar(block, 'namespace'),
    hosts: new Set(hostsWritten(text)),
  }
}

function scalar(text: string, key: string): string | undefined {
  const pattern = new RegExp(
    `(?:^|[{,])[ \\t]*["']?${key}["']?:[ \\t]*["']?(?<value>[\\w.-]+)["']?[ \\t]*(?:$|[,}#])`,
    'm',
  )
  return pattern.exec(text)?.groups?.['value']
}

/** The items of `hosts`, on lines of their own or in brackets. */
function hostsWritten(text: string): readonly string[] {
  const lists = text.matchAll(
    /^[ \t]*["']?hosts["']?:[ \t]*(?<flow>\[[^\]]*\])?[ \t]*(?<items>(?:\n[ \t]*(?:-.*|\{\{.*)?(?=\n|$))*)/gm,
  )
  return [...lists].flatMap(({ groups }) =>
    [...`${groups?.['flow'] ?? ''}${groups?.['items'] ?? ''}`.matchAll(/[\w*][\w.*-]*\.[\w.-]+/g)].map(
      ([host]) => host.toLowerCase(),
    ),
  )
}
