import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { rangeOfElement } from '../decoding/written-as.ts'
import { documentFault } from '../document-fault.ts'
import type { Gateway } from '../gateway.ts'
import type { Problem } from '../validation/problem.ts'
import type { VirtualService } from '../virtual-service.ts'
import { isUnknown } from './placeholders.ts'

interface Name {
  readonly text: string
  readonly range: SourceRange | undefined
}

function namesOf(resource: VirtualService | Gateway): readonly Name[] {
  const { spec } = resource
  const [hosts, gateways, http] =
    resource.kind === 'Gateway'
      ? [(resource.spec.servers ?? []).map((server) => server.hosts), [], []]
      : [[resource.spec.hosts], resource.spec.gateways, resource.spec.http]
  const listed = [...hosts.map((list) => ['hosts', list] as const), ['gateways', gateways] as const]
  return [
    { text: resource.name, range: rangeOf(resource, 'name') },
    { text: resource.namespace ?? '', range: rangeOf(resource, 'namespace') },
    ...listed.flatMap(([field, list = []]) =>
      list.map((text, index) => ({ text, range: rangeOfElement(list, index) ?? rangeOf(spec, field) })),
    ),
    ...(http ?? []).flatMap(({ delegate = {} }) => [
      { text: delegate.name ?? '', range: rangeOf(delegate, 'name') },
      { text: delegate.namespace ?? '', range: rangeOf(delegate, 'namespace') },
    ]),
  ]
}

/** Names that another tool fills in later: what they stand for is unknown, so they are taken as they are, and it is said. */
export function placeholderProblems(resource: VirtualService | Gateway): readonly Problem[] {
  const held = namesOf(resource).find(({ text }) => isUnknown(text))
  if (held === undefined) return []
  return [{ severity: 'warning', range: held.range, ...documentFault('placeholder', held.text) }]
}
