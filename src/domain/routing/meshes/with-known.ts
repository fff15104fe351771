import type { ManifestDiagnostic, Manifests } from '../../manifest/manifests.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { identityOf } from '../../manifest/names.ts'

/** One side with what is known of each object besides, and its diagnostics under the names that objects turn out to have. */
export function withKnown(side: Manifests, knownOf: <T extends Modelled>(object: T) => T): Manifests {
  const names = new Map<string, string>()
  const known = <T extends Modelled>(object: T): T => {
    const found = knownOf(object)
    if (identityOf(found) !== identityOf(object))
      names.set(keyOf(object.file.path, identityOf(object)), identityOf(found))
    return found
  }
  const objects = { virtualServices: side.virtualServices.map(known), gateways: side.gateways.map(known) }
  return { ...side, ...objects, diagnostics: side.diagnostics.map((each) => underName(each, names)) }
}

function underName(diagnostic: ManifestDiagnostic, names: ReadonlyMap<string, string>): ManifestDiagnostic {
  const { range, resource } = diagnostic
  const name = range && resource && names.get(keyOf(range.file.path, resource))
  return name === undefined || name === '' ? diagnostic : { ...diagnostic, resource: name }
}

function keyOf(path: string, name: string): string {
  return JSON.stringify([path, name])
}
