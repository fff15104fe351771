import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'
import type { JsonObject, JsonValue } from './json.ts'
import { jsonOf } from './yaml-json.ts'

/** What Kustomize reads with its own reader; JSON patches are read as everything else is. */
const fields = ['resources', 'bases', 'patchesStrategicMerge', 'patches']

/**
 * The files that a kustomization of the repository names as a resource or a patch: Kustomize reads them, and prints what
 * Kubernetes reads then.
 */
export function kustomizeFiles(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(
    files.flatMap((file) => {
      const found = /^(?<folder>.*\/)?(?:kustomization\.ya?ml|Kustomization)$/.exec(file.path)
      return found === null ? [] : namedIn(file, found.groups?.['folder'] ?? '')
    }),
  )
}

function namedIn(file: SourceFile, folder: string): readonly string[] {
  const root = parseYaml(file, { id: 'invalid-manifest' })[0]?.root
  if (root?.kind !== 'map') return []
  // The root of an object is a mapping.
  const body = jsonOf(root) as JsonObject
  return fields.flatMap((field) => entriesOf(body[field])).map((path) => resolved(folder, path))
}

function entriesOf(listed: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(listed)) return []
  return (listed as readonly JsonValue[]).flatMap((entry) => {
    if (typeof entry === 'string') return entry.includes('\n') ? [] : [entry]
    const path = typeof entry === 'object' && entry !== null ? (entry as JsonObject)['path'] : undefined
    return typeof path === 'string' ? [path] : []
  })
}

function resolved(folder: string, path: string): string {
  const steps = folder.split('/').filter((step) => step !== '')
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}
