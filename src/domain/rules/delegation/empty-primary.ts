import { identityOf } from '../../manifest/names.ts'
import { chooseHost } from '../../routing/host-choice.ts'
import type { MergedVirtualService } from '../../routing/merge-virtual-services.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { droppedWords } from '../../terms/dropped-words.ts'
import { unansweredWords } from '../../terms/fate-words.ts'
import { distinct, fewOf } from '../../words/few-of.ts'
import { listed, type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

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
  const are = hosts.length === 1 ? words('is') : words('are')
  return {
    code: 'empty-primary',
    clause: say`Every entry of ${nameOf(virtualService)} is dropped, so that ${fewOf(hosts.map(code), 3)} ${are} not served by it at all${insteadOf(merged, mesh)}`,
    range: rangeOf(virtualService.spec, 'hosts'),
    because: reasons(merged),
    todo: say`Let one entry of ${nameOf(virtualService)} take effect again: the other findings say what stands in the way`,
    resource: identityOf(virtualService),
    mesh: mesh.name,
    fingerprint: 'empty',
  }
}

/** Where the host's requests go: to a virtual host that covers it, to the service, or to nobody. */
function insteadOf({ virtualService }: MergedVirtualService, mesh: Mesh): Phrase {
  const bound = mesh.tables.filter((table) => table.bound.includes(virtualService))
  const all = distinct(bound.map((table) => fate(table, mesh)))
  return all.length === 0 ? [] : say`: its requests would ${listed(all.slice(0, 3), 'or')}`
}

function fate(table: RouteTable, mesh: Mesh): Phrase {
  if (table.gateway === 'mesh' && table.routes.length === 0) return unansweredWords('service')
  const serving = mesh.tables.filter((each) => each.gateway === table.gateway && each.routes.length > 0)
  const host = chooseHost(
    serving.map((each) => each.host),
    table.host,
  )
  if (host === table.host) return words('be left to the other VirtualServices on this host')
  if (host !== undefined) return say`fall to host ${code(host)}`
  return unansweredWords('not-found')
}

function reasons({ virtualService, dropped }: MergedVirtualService): readonly Because[] {
  const entries = new Map(dropped.map((each) => [each.entry, each]))
  return [...entries].slice(0, 5).map(([entry, each]) => {
    const route = virtualService.spec.http?.[entry]
    return note(
      say`This entry contributes nothing: ${droppedWords(each)}`,
      route && rangeOf(route, 'delegate'),
    )
  })
}
