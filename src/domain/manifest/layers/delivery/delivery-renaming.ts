import { sourcesOf } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import { patchesIn, type Renaming, renamingIn } from '../kustomize/identity-statements.ts'
import { fieldsOf, listIn, textIn } from '../written.ts'

/** What an object of Argo CD or Flux makes of the names of what it delivers, one for each of its sources. */
export function renamingsOf({ kind, spec }: DeliveryObject): readonly Renaming[] {
  switch (kind) {
    case 'Application':
      return ofApplication(spec)
    case 'ApplicationSet':
      return ofApplication(fieldsOf(fieldsOf(spec['template'])['spec']))
    case 'Kustomization':
      return [renamingIn({ ...spec, namespace: spec['targetNamespace'] }, patchesIn(spec))]
    case 'HelmRelease':
      return [
        {
          otherwise: textIn(spec['targetNamespace']),
          patches: listIn(spec['postRenderers']).flatMap((each) =>
            patchesIn(fieldsOf(fieldsOf(each)['kustomize'])),
          ),
        },
      ]
    default:
      return []
  }
}

function ofApplication(spec: DeliveryObject['spec']): readonly Renaming[] {
  const otherwise = textIn(fieldsOf(spec['destination'])['namespace'])
  return sourcesOf(spec).map((source) => {
    const kustomize = fieldsOf(source['kustomize'])
    return { ...renamingIn(kustomize, patchesIn(kustomize)), otherwise }
  })
}
