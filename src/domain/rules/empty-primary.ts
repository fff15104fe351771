import { enumerateWords } from '../language/enumerate-words.ts'
import { identityOf } from '../manifest/names.ts'
import { chooseHost } from '../routing/host-choice.ts'
import type { MergedVirtualService } from '../routing/merge-virtual-services.ts'
import type { DropReason, RouteTable } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { code, nameOf } from '../wording/code.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault, Rule } from './rule.ts'

/** Of a primary without any route left not even the virtual host remains: its requests go to a broader host, or nowhere. */
export const emptyPrimary: Rule = {
  id: 'empty-primary',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'Every entry of a primary is dropped, so that its virtual host disappears.',
  *check(side) {
    for (const mesh of side.meshes) {
      for (const merged of mesh.merged) {
        if (merged.entries.length === 0 && merged.dropped.length > 0) yield explain(merged, mesh)
      }
    }
  },
}

function explain(merged: MergedVirtualService, mesh: Mesh): Fault {
  const { virtualService } = merged
  const hosts = virtualService.spec.hosts ?? []
  const range = rangeOf(virtualService.spec, 'hosts')
  const shown = enumerateWords(hosts.slice(0, 3).map(code), 'and', Math.max(0, hosts.length - 3))
  return {
    ...told(
      `Every entry of ${nameOf(virtualService)} is dropped, so that ${shown} ${hosts.length === 1 ? 'is' : 'are'} not served by it at all${insteadOf(merged, mesh)}.`,
    ),
    ...(range && { range }),
    because: reasons(merged),
    todo: guessed(
      `Let one entry of ${nameOf(virtualService)} take effect again: the other findings say what stands in the way.`,
    ),
    resource: identityOf(virtualService),
    mesh: mesh.name,
    fingerprint: 'empty',
  }
}

/** Where the host's requests go: to a virtual host that covers it, to the service, or to nobody. */
function insteadOf({ virtualService }: MergedVirtualService, mesh: Mesh): string {
  const bound = mesh.tables.filter((table) => table.bound.includes(virtualService))
  const all = [...new Set(bound.map((table) => fate(table, mesh)))]
  return all.length === 0 ? '' : `: its requests would ${enumerateWords(all.slice(0, 3), 'or')}`
}

function fate(table: RouteTable, mesh: Mesh): string {
  const serving = mesh.tables.filter((each) => each.gateway === table.gateway && each.routes.length > 0)
  const host = chooseHost(
    serving.map((each) => each.host),
    table.host,
  )
  if (host === table.host) return 'be left to the other VirtualServices on this host'
  if (host !== undefined) return `fall to host ${code(host)}`
  return table.gateway === 'mesh' ? 'go to the service itself' : 'return 404'
}

const because: Readonly<Record<DropReason, string>> = {
  missing: 'its secondary is not there',
  'has-hosts': 'its secondary has hosts',
  hidden: 'its secondary is not exported to the primary',
  nested: 'its secondary delegates',
  conflict: "the secondary's match is not within the primary's",
  'after-catch-all': 'a catch-all comes first',
  'other-gateway': 'it is for another gateway',
  'other-port': 'it is for another port',
  'other-pods': 'it is for a namespace in which no gateway runs',
}

function reasons({ virtualService, dropped }: MergedVirtualService): readonly Because[] {
  const entries = new Map(dropped.map((each) => [each.entry, each.reason]))
  return [...entries].slice(0, 5).map(([entry, reason]) => {
    const route = virtualService.spec.http?.[entry]
    const range = route && rangeOf(route, 'delegate')
    return { ...told(`This entry contributes nothing: ${because[reason]}.`), ...(range && { range }) }
  })
}
