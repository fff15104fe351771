import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { fileAt, type Layer } from '../layer.ts'
import type { Session } from '../session.ts'
import { isNothing, textOf, valueAt } from '../values/tree.ts'
import { refuse } from './refused-text.ts'
import { builtInSchemas, noSchemas, type Schemas, schemasIn } from './schema.ts'

/** The only version of Kubernetes whose schema is built into Kustomize 5.8.1. */
const builtIn = 'v1.21.2'

/** `openapi` of a layer: the first one that is met holds for the whole build, for what is built below and above it. */
export function useSchema(layer: Layer, session: Session): void {
  const openapi = valueAt(layer.body, 'openapi')
  const [path, version] = [valueAt(openapi, 'path'), valueAt(openapi, 'version')]
  const file =
    path === undefined
      ? undefined
      : fileAt(layer, session, { path: textOf(path), at: path.range, role: 'schema' })
  if (session.schema.isSet) return
  if (file !== undefined && version !== undefined)
    fail('conflicting-configurations', version.range, 'openapi')
  if (file !== undefined) {
    session.schema.schemas = schemasOf(file, session)
    session.schema.isSet = true
  } else if (version !== undefined && textOf(version) !== '') {
    if (textOf(version) !== builtIn) fail('conflicting-configurations', version.range, textOf(version))
    session.schema.isSet = true
  }
}

/** What is no schema ends the build. */
function schemasOf(file: SourceFile, { schema }: Session): Schemas {
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document !== undefined && document.root === undefined) refuse(document)
  if (document?.root?.kind !== 'map') return fail('invalid-yaml', document?.range ?? file.path, '')
  const definitions = valueAt(document.root, 'definitions')
  if (definitions !== undefined && definitions.kind !== 'map' && !isNothing(definitions))
    return fail('wrong-type', definitions.range, 'definitions')
  return schemasIn(document.root, schema.isBuiltInLoaded ? builtInSchemas : noSchemas)
}

/** An object of a kind that is not built in, or a patch, makes Kustomize load what is. */
export function noteObjects(nodes: readonly YamlMap[], { schema }: Session): void {
  schema.isBuiltInLoaded ||= nodes.some(
    (node) =>
      builtInSchemas.of(textOf(valueAt(node, 'apiVersion')), textOf(valueAt(node, 'kind'))) === undefined,
  )
}
