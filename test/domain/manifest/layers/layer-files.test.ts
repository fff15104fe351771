import { expect, it } from 'vitest'
import { isLayerFile } from '../../../../src/domain/manifest/layers/layer-files.ts'

it.each(['a/vs.cue', 'main.tf', 'a/vs.yaml.j2', 'cdk8s.yaml', 'a/Pulumi.dev.yaml', 'a/main.jsonnet'])(
  '%s is a layer by its name',
  (path) => expect(isLayerFile(path)).toBe(true),
)

it.each(['a/vs.yaml', 'main.ts', 'a.j2', 'a/vs.constructor', 'a/vs.toString'])('%s is none', (path) =>
  expect(isLayerFile(path)).toBe(false),
)
