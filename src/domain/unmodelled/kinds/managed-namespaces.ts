import { canonicalJson, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, labelsOf, textOf } from '../../manifest/json-fields.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { core } from './core.ts'

/** An Application as it is written, or as an ApplicationSet makes it: whatever is filled in there may be anything. */
function specOf({ kind, body }: Subject): JsonValue | undefined {
  return kind === 'ApplicationSet' ? at(body, 'spec', 'template', 'spec') : at(body, 'spec')
}

/** The Namespace that Argo CD keeps for an Application: it makes it, and gives one that is there these labels and annotations. */
function managedBy(subject: Subject): Subject | undefined {
  const spec = specOf(subject)
  const [metadata, name] = [
    at(spec, 'syncPolicy', 'managedNamespaceMetadata'),
    at(spec, 'destination', 'namespace'),
  ]
  if (metadata === undefined) return undefined
  const body: JsonObject = { apiVersion: 'v1', kind: 'Namespace' }
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    name: textOf(name) ?? '',
    labels: labelsOf(at(metadata, 'labels')),
    annotations: labelsOf(at(metadata, 'annotations')),
    body,
  }
}

/** Gateways run where their namespaces are written, or something else of theirs is. */
function ofResidents(target: Target): Target {
  return target.kind === 'namespace' ? { kind: 'residents', namespace: target.namespace } : target
}

function madeBy(entry: KindEntry): KindEntry {
  const decides = (subject: Subject, setting: Setting): JsonValue | undefined => {
    const managed = managedBy(subject)
    if (managed === undefined) return undefined
    const saysOf = (namespace: Subject) => entry.decides(namespace, setting) ?? null
    const [said, nothing] = [saysOf(managed), saysOf({ ...managed, labels: {}, annotations: {} })]
    return canonicalJson(said) === canonicalJson(nothing) ? undefined : [managed.name, said]
  }
  return {
    group: 'argoproj.io',
    kinds: ['Application', 'ApplicationSet'],
    decides,
    reach: (subject, setting) => {
      const managed = managedBy(subject)
      if (managed === undefined) return []
      if (managed.name === '' || managed.name.includes('{{')) return [{ kind: 'everybody' }]
      return entry.reach(managed, setting).map(ofResidents)
    },
    partial: true,
  }
}

/** What Argo CD writes into Namespaces counts as if it were written there. */
export const managedNamespaces: readonly KindEntry[] = core
  .filter(({ kinds = [] }) => kinds.includes('Namespace'))
  .map(madeBy)
