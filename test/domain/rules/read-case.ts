import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from '../../../src/domain/diff/compare.ts'
import type { Comparison } from '../../../src/domain/diff/comparison.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { externalNames } from '../../../src/domain/policy/configuration/external-names.ts'
import { defaultIstioSettings, type IstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { divideMeshes } from '../../../src/domain/routing/meshes/mesh-division.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'

/** One case: the files of both sides, cut out of one YAML file each, and where findings are wanted. */
export interface RuleCase {
  readonly name: string
  readonly comparison: Comparison
  /** `path:line rule`, sorted. */
  readonly wanted: readonly string[]
}

const codeowners = `
/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
`

interface Options {
  readonly settings?: Partial<IstioSettings>
  readonly complete?: boolean
  readonly external?: readonly string[]
  readonly codeowners?: boolean
}

/**
 * The cases of a rule's folder: `<case>.yaml`, with `<case>.base.yaml` where a change matters; `.yaml.txt` where the
 * point is that it is no YAML.
 */
export function readCases(folder: string): readonly RuleCase[] {
  const names = readdirSync(folder)
    .filter((name) => /(?<!\.base)\.yaml(?:\.txt)?$/.test(name))
    .map((name) => name.replace(/\.yaml(?:\.txt)?$/, ''))
  return names.sort().map((name) => readCase(folder, name))
}

function readCase(folder: string, name: string): RuleCase {
  const text = textOf(folder, name) ?? ''
  const merged = splitFiles(text, `${name}.yaml`)
  const options = optionsOf(text)
  return {
    name,
    comparison: comparisonOf(baseFiles(folder, name) ?? merged, merged, options),
    wanted: wantedIn(merged),
  }
}

function baseFiles(folder: string, name: string): readonly SourceFile[] | undefined {
  const text = textOf(folder, `${name}.base`)
  return text === undefined ? undefined : splitFiles(text, `${name}.yaml`)
}

function textOf(folder: string, name: string): string | undefined {
  const path = ['.yaml', '.yaml.txt'].map((end) => join(folder, name + end)).find((each) => existsSync(each))
  return path === undefined ? undefined : readFileSync(path, 'utf8')
}

/** `# options: {...}` on the first line. */
function optionsOf(text: string): Options {
  const [, json] = /^# options: (.*)$/m.exec(text) ?? []
  return json === undefined ? {} : (JSON.parse(json) as Options)
}

/** Each `# file: PATH` begins another file. */
export function splitFiles(text: string, whole: string): readonly SourceFile[] {
  const parts = text.split(/^(?:---\n)?# file: (.*)\n/m)
  if (parts.length === 1) return [{ path: whole, text }]
  return parts.flatMap((part, index) =>
    index % 2 === 1 ? [{ path: part.trim(), text: parts[index + 1] ?? '' }] : [],
  )
}

export function comparisonOf(
  base: readonly SourceFile[],
  merged: readonly SourceFile[],
  options: Options = {},
): Comparison {
  const settings = { ...defaultIstioSettings, ...options.settings }
  const parse = (files: readonly SourceFile[]) =>
    parseManifests(files, { namespaceOf: () => undefined, version: settings.version })
  const [before, after] = [parse(base), parse(merged)]
  const file: SourceFile = { path: '.github/CODEOWNERS', text: codeowners }
  const ownership = createOwnership(options.codeowners === false ? undefined : parseCodeowners(file))
  const { meshOf } = divideMeshes(before, settings)
  const { complete = true, external = [] } = options
  return compare(before, after, {
    settings,
    complete,
    isExternal: externalNames({ external }),
    ownership,
    meshOf,
  })
}

function wantedIn(files: readonly SourceFile[]): readonly string[] {
  return files
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const [, rules = ''] = /# want (.*)$/.exec(line) ?? []
        return rules
          .split(/[ ,]+/)
          .filter((rule) => rule !== '')
          .map((rule) => `${path}:${index + 1} ${rule}`)
      }),
    )
    .sort()
}
