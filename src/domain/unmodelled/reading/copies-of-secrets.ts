import type { JsonObject } from '../../manifest/json.ts'
import { at, labelsOf } from '../../manifest/json-fields.ts'
import type { Labels, Subject } from '../reach.ts'

/** By these an operator (Reflector, Replicator, Config Syncer) copies a Secret or a ConfigMap into other namespaces, or over it. */
const copying =
  /^(?:reflector\.v1\.k8s\.emberstack\.com\/(?:reflects|reflection-auto-enabled|reflection-(?:auto|allowed)-namespaces)|replicator\.v1\.mittwald\.de\/(?:replicate-(?:to(?:-matching)?|from)|replication-allowed-namespaces)|(?:kubed|config-syncer)\.appscode\.com\/sync)$/

const listing = /\/(?:reflection-auto-namespaces|replicate-to)$/

/** Where what makes a Secret says with which annotations. */
const templates = [
  ['spec', 'secretTemplate', 'annotations'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'target', 'template', 'metadata', 'annotations'],
]

/** What it says of copies, by the keys of its annotations and of those of the Secret that it makes. */
function copyingSays({ annotations, body }: Pick<Subject, 'annotations' | 'body'>): Labels {
  const all: Labels = Object.assign(
    {},
    annotations,
    ...templates.map((place) => labelsOf(at(body, ...place))),
  )
  return Object.fromEntries(Object.entries(all).filter(([key]) => copying.test(key)))
}

/** The namespaces in which it comes to stand: its own, and those of its copies; undefined for any. */
export function namespacesOfSecret(
  subject: Pick<Subject, 'annotations' | 'body' | 'namespace'>,
): readonly (string | undefined)[] {
  const said = copyingSays(subject)
  const lists = Object.entries(said).filter(([key, text]) => listing.test(key) && text !== '')
  const named = lists.flatMap(([, text]) => text.split(',').map((each) => each.trim()))
  const literal = named.map((each) => (/^[a-z0-9-]+$/.test(each) ? each : undefined))
  return [
    ...new Set([subject.namespace, ...literal, ...(isAnywhere(said, lists.length > 0) ? [undefined] : [])]),
  ]
}

function isAnywhere(said: Labels, isListed: boolean): boolean {
  return Object.entries(said).some(
    ([key, value]) =>
      key.endsWith('/replicate-to-matching') ||
      key.endsWith('.appscode.com/sync') ||
      (key.endsWith('/reflection-auto-enabled') && value === 'true' && !isListed),
  )
}

/** Which copies an object asks for, where it does. */
export function saidOfCopies(subject: Pick<Subject, 'annotations' | 'body'>): JsonObject {
  const said = copyingSays(subject)
  return Object.keys(said).length === 0 ? {} : { copies: { ...said } }
}
