import type { JsonObject } from '../manifest/json.ts'
import type { Reason, Requirement } from './decision.ts'

/**
 * The facts under which the version before may have kept a reason, in its own words, so that approvals given under it still
 * count. To be deleted, with all that is frozen here, once the next version is out. It listed only one of the changes that read alike.
 * It knew some findings by their sentences, which no code gives back: an override of those is given once more.
 */
export function factsBefore({ team, because }: Requirement): (reason: Reason) => readonly string[] {
  const alike = Map.groupBy(because, readingOf)
  return (reason) =>
    (alike.get(readingOf(reason)) ?? []).map((each) =>
      JSON.stringify(['requirement', team.key, each.kind, substanceOf(each)]),
    )
}

/** Equal for changes that read alike. Of other reasons each reads for itself. */
function readingOf(reason: Reason): unknown {
  const { change, range } = reason
  if (change === undefined) return reason
  const { kind, host, certain, witness, before, after, connections } = change
  const place = range && [range.file.path, range.start]
  const suppliers = [before, after].map((route) => route?.outcome.supplier)
  const on = connections === undefined ? [] : [connections.names]
  return JSON.stringify([place, kind, host, certain, witness?.method, witness?.path, suppliers, ...on])
}

function substanceOf({ kind, code, values, change }: Reason): unknown {
  switch (kind) {
    case 'traffic':
      return traffic(values, change?.kind ?? '')
    case 'resource':
      return JSON.stringify(resource(values))
    case 'judge':
      return JSON.stringify(judge(code, values))
    case 'rule':
      return JSON.stringify([
        'finding',
        code.slice('rule-'.length),
        ...pick(values, 'mesh', 'resource', 'fingerprint'),
      ])
    case 'identity':
      return JSON.stringify(identity(code, values))
  }
}

function pick(values: JsonObject, ...names: readonly string[]): readonly unknown[] {
  return names.map((name) => values[name] ?? null)
}

/** In the mesh it knew no ports, and no connections that were opened for another name than the host. */
function traffic({ ports = null, ...values }: JsonObject, kind: string): readonly unknown[] {
  return [
    ...pick(values, 'mesh', 'gateway', 'host'),
    values['gateway'] === 'mesh' ? null : ports,
    kind,
    ...pick(values, 'spill', 'certain'),
    pick(values, 'before', 'after'),
    values['requests'],
    ...(values['sni'] === undefined ? [] : [values['sni']]),
  ]
}

function resource(values: JsonObject): readonly unknown[] {
  const object = values['subject'] === 'document' ? [] : ['kind', 'name']
  return pick(values, 'mesh', 'subject', ...object, 'how', 'before', 'after')
}

function judge(code: string, values: JsonObject): readonly unknown[] {
  return code === 'meshes-redivided'
    ? ['meshes', ...(values['paths'] as readonly string[])]
    : pick(values, 'changed', 'owned', 'file', 'text')
}

function identity(code: string, values: JsonObject): readonly unknown[] {
  if (code === 'perhaps-one-cluster') return [code, values]
  const text = `${values['kind']} ${values['name']} ${predicate(code, values)}`
  return code === 'beside-meshes'
    ? [text, ...pick(values, 'path', 'said')]
    : [...pick(values, 'mesh', 'kind', 'name'), text, ...pick(values, 'path', 'said')]
}

function predicate(code: string, values: JsonObject): string {
  const { host, gateway, namespace, by, at, serves, written } = values
  switch (code) {
    case 'name-taken':
      return `is already written in ${at}`
    case 'namespace-entered':
      return `enters the namespace ${namespace}, which only others use`
    case 'host-claimed':
      return `claims ${host} on ${gateway}, as ${by} in ${at} does`
    case 'service-claimed':
      return `takes the calls inside the mesh to ${host}: ${holder(values)}`
    case 'gateway-host-claimed':
      return `takes the calls inside the mesh to ${host}: ${by} in ${at} serves ${serves} at a gateway`
    case 'filled-in':
      return `holds ${written}, which is filled in elsewhere and may become ${outcome(values['mayBe'] as JsonObject)}, as in ${at}`
    default:
      return 'is written beside the directories that are taken for meshes, and may enter any of them'
  }
}

function holder({ held, by, at = '' }: JsonObject): string {
  switch (held) {
    case 'service':
      return `the Service ${by} is in ${at}`
    case 'service-entry':
      return `a ServiceEntry in ${at} has that host`
    case 'namespace':
      return at === ''
        ? `nothing here says whose the namespace ${by} is`
        : `${at} has something in the namespace ${by}`
    default:
      return 'it covers services in general'
  }
}

function outcome({ kind, name }: JsonObject): string {
  switch (kind) {
    case 'object':
      return `${name}`
    case 'service':
      return 'a service'
    default:
      return `any ${kind === 'servers-beside' ? 'servers' : 'routes'} beside those of ${name}`
  }
}
