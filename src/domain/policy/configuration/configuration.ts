import type { IstioVersion } from '../../manifest/istio-version.ts'
import { compareDiagnostics, type Diagnostic } from '../../source/diagnostic.ts'
import { type Located, origin } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { readSettings } from '../../source/settings/settings-yaml.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { diagnosticsOf } from './configuration-issues.ts'
import { meaningMistakes } from './configuration-meaning.ts'
import { type Configuration, configurationSchema } from './configuration-schema.ts'
import { folderAt, nodeAt, plainValue, type Step } from './configuration-values.ts'
import type { KnownRule } from './effect.ts'
import type { Policy } from './policy.ts'

/** A policy is usable in any case; with a diagnostic it is the default one, and the gate must fail. */
export interface ReadConfiguration {
  readonly policy: Policy
  readonly diagnostics: readonly Diagnostic[]
}

/** What applies where `.github/firebreak.yml` is absent, empty or invalid. */
export const defaultPolicy: Policy = policyFrom(configurationSchema.parse({}), undefined)

/**
 * Reads `.github/firebreak.yml`. Every mistake is an `invalid-configuration` diagnostic at the place where it was
 * made; one mistake is enough for the defaults to apply to everything, so that a typo never loosens the gate.
 */
export function readConfiguration(
  file: SourceFile | undefined,
  knownRules: readonly KnownRule[],
): ReadConfiguration {
  return file === undefined ? { policy: defaultPolicy, diagnostics: [] } : readFile(file, knownRules)
}

/** Asked for what to read, for what to render and for how to judge; the rules that are known stay the same. */
const readFile = memoized((file: SourceFile, knownRules: readonly KnownRule[]): ReadConfiguration => {
  const { root, mistakes } = readSettings(file)
  const reading = mistakes.map((mistake): Diagnostic => {
    return { id: 'invalid-configuration', severity: 'error', ...mistake }
  })
  if (root === undefined) return { policy: defaultPolicy, diagnostics: reading }
  const parsed = configurationSchema.safeParse(plainValue(root))
  const shape = parsed.success ? [] : diagnosticsOf(parsed.error.issues, root)
  const diagnostics = [...reading, ...shape, ...meaningMistakes(root, knownRules)].sort(compareDiagnostics)
  if (!parsed.success || diagnostics.length > 0) return { policy: defaultPolicy, diagnostics }
  return { policy: policyFrom(parsed.data, root), diagnostics: [] }
})

function policyFrom(configuration: Configuration, root: YamlNode | undefined): Policy {
  const { istio, suppress, units } = configuration
  return {
    ...configuration,
    units: units.map(({ path, kind, mesh, namespace }, at) => ({
      path: folderAt(path),
      kind,
      ...(mesh !== undefined && { mesh }),
      ...(namespace !== undefined && { namespace }),
      ...writtenAt(['units', at, 'path'], root),
    })),
    istio: { ...istio, version: versionOf(istio.version) },
    suppress: suppress.map((each, at) => {
      const { kind, ...rest } = each
      const entry = { ...rest, ...(kind !== undefined && { kind }) }
      return { ...entry, ...writtenAt(['suppress', at], root) }
    }),
  }
}

function writtenAt(path: readonly Step[], root: YamlNode | undefined): Located {
  return root === undefined ? {} : { [origin]: { range: nodeAt(root, path).range, fields: new Map() } }
}

function versionOf(text: string): IstioVersion {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return { major, minor }
}
