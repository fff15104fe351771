import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ManifestReading, parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import type { Severity } from '../../../../src/domain/source/diagnostic.ts'
import { positionOf, type SourceFile } from '../../../../src/domain/source/source-file.ts'

const folder = join(import.meta.dirname, 'vectors')

/** `# version 1.14` on the first line of a vector. */
function readingOf(text: string): ManifestReading {
  const [, major = '1', minor = '30'] = /^# version (\d+)\.(\d+)/.exec(text) ?? []
  const version = { major: Number(major), minor: Number(minor) }
  return { version, namespaceOf: () => undefined }
}

function markedLines(text: string, mark: string): readonly number[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.endsWith(`# ${mark} invalid-manifest`) ? [index + 1] : []))
}

function foundLines(file: SourceFile, severity: Severity): readonly number[] {
  const found = parseManifests([file], readingOf(file.text)).diagnostics
  const lines = found.flatMap((each) =>
    each.severity === severity && each.range ? [positionOf(each.range).line] : [],
  )
  return [...new Set(lines)]
}

describe.each(readdirSync(folder))('%s', (path) => {
  const file = { path, text: readFileSync(join(folder, path), 'utf8') }

  test('errors stand on the marked lines and nowhere else', () => {
    expect(foundLines(file, 'error')).toEqual(markedLines(file.text, 'want'))
  })

  test('warnings stand on the marked lines and nowhere else', () => {
    expect(foundLines(file, 'warning')).toEqual(markedLines(file.text, 'warn'))
  })

  test('every finding has its resource and its place', () => {
    for (const { id, resource, range } of parseManifests([file], readingOf(file.text)).diagnostics) {
      expect(['invalid-manifest', 'rejected-by-proxy']).toContain(id)
      expect(range?.file).toBe(file)
      expect(resource === undefined || resource.includes('/')).toBe(true)
    }
  })
})
