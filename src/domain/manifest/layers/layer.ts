import { origin } from '../../source/located.ts'
import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { canonicalJson } from '../json.ts'
import type { UnmodelledResource } from '../resource.ts'
import type { LayerStatement } from './layer-statement.ts'

/** Something between the manifests in Git and the cluster: a kustomization, an Application, a chart, an ignore file. */
export interface Layer {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly file: SourceFile
  readonly range?: SourceRange
  readonly statements: readonly LayerStatement[]
}

/** A layer as an object that is seen and not modelled; nothing where it reaches no mesh manifest. */
export function resourceOfLayer(layer: Layer): readonly UnmodelledResource[] {
  const { kind, name, namespace, file, range, statements } = layer
  const isSaid = ({ reach }: LayerStatement) => reach === 'mesh' || reach.length > 0
  const says = statements.filter(isSaid)
  if (says.length === 0) return []
  const lists = new Set(says.map(({ reach }) => reach))
  const reaches = new Set([...lists].flatMap((reach) => (reach === 'mesh' ? [] : reach)))
  return [
    {
      kind,
      apiVersion: '',
      name,
      ...(namespace !== undefined && { namespace }),
      labels: {},
      annotations: {},
      file,
      body: { says: [...new Set(says.map(({ what }) => canonicalJson(what)))].sort() },
      says,
      alsoSays: statements.filter((each) => !isSaid(each)).map(({ what }) => canonicalJson(what)),
      reaches: [...reaches].sort(),
      [origin]: { range: range ?? { file, start: 0, end: 0 }, fields: new Map() },
    },
  ]
}
