import type { ManifestDiagnostic } from '../../manifest/manifests.ts'

/** An object that turns out to be called otherwise (`ns/name`) than its file says. */
interface Renamed {
  readonly path: string
  readonly from: string
  readonly to: string
}

/** The diagnostics under the names that objects turn out to have. */
export function underNames(
  diagnostics: readonly ManifestDiagnostic[],
  renamed: readonly Renamed[],
): readonly ManifestDiagnostic[] {
  const names = new Map(renamed.map(({ path, from, to }) => [JSON.stringify([path, from]), to]))
  return diagnostics.map((diagnostic) => {
    const { range, resource } = diagnostic
    const name = range && resource && names.get(JSON.stringify([range.file.path, resource]))
    return name === undefined || name === '' ? diagnostic : { ...diagnostic, resource: name }
  })
}
