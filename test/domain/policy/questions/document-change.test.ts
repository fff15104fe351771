import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../../../src/domain/diff/comparison.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import {
  type DocumentChange,
  documentChanges,
} from '../../../../src/domain/policy/questions/document-change.ts'
import { nearestMesh } from '../../../../src/domain/policy/questions/meshes/nearest-mesh.ts'
import { comparisonOf, mesh, snapshotOf, virtualService } from '../fixtures.ts'

type Texts = Readonly<Record<string, string>>

const object = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: ns }
`
const template = `${object}spec: {{ .Values.spec }}\n`
const torn = `${object}spec: [\n`
const undecodable = `${object}spec: { hosts: 7 }\n`
const readable = `${object}spec: { hosts: [a.example] }\n`

function between(base: Texts, merged: Texts): Comparison {
  const [before, after] = [base, merged].map((texts) => {
    const files = Object.entries(texts).map(([path, text]) => ({ path, text }))
    const reading = { version: { major: 1, minor: 30 }, namespaceOf: () => undefined }
    return { ...snapshotOf([mesh([])]), manifests: parseManifests(files, reading) }
  })
  if (before === undefined || after === undefined) throw new Error('two sides')
  return comparisonOf({ snapshots: { base: before, merged: after } })
}

const line = ({ how, before, after }: DocumentChange) => `${how} ${before?.path ?? '-'} ${after?.path ?? '-'}`
const told = (base: Texts, merged: Texts) => documentChanges(between(base, merged)).map(line)

describe('documents that cannot be read', () => {
  it.each([template, torn, undecodable])('come, go, move and change: %s', (text) => {
    expect(told({}, { 'a.yaml': text })).toEqual(['added - a.yaml'])
    expect(told({ 'a.yaml': text }, {})).toEqual(['removed a.yaml -'])
    expect(told({ 'a.yaml': text }, { 'b.yaml': text })).toEqual(['moved a.yaml b.yaml'])
    expect(told({ 'a.yaml': text }, { 'a.yaml': `${text}more: 1\n` })).toEqual(['changed a.yaml a.yaml'])
    expect(told({ 'a.yaml': text }, { 'a.yaml': text })).toEqual([])
  })

  it('are changed where they become readable, or name the mesh no more, or were readable before', () => {
    expect(told({ 'a.yaml': torn }, { 'a.yaml': readable })).toEqual(['changed a.yaml -'])
    expect(told({ 'a.yaml': torn }, { 'a.yaml': '' })).toEqual(['changed a.yaml -'])
    expect(told({ 'a.yaml': readable }, { 'a.yaml': torn })).toEqual(['changed - a.yaml'])
  })

  it('are known by their whole file: two that change places both change', () => {
    expect(
      told({ 'a.yaml': torn, 'b.yaml': undecodable }, { 'a.yaml': undecodable, 'b.yaml': torn }),
    ).toEqual(['changed a.yaml a.yaml', 'changed b.yaml b.yaml'])
  })

  it('a copy of one that stays is new, and of two alike one moves', () => {
    expect(told({ 'a.yaml': torn }, { 'a.yaml': torn, 'b.yaml': torn })).toEqual(['added - b.yaml'])
    expect(told({ 'a.yaml': torn, 'b.yaml': torn }, { 'c.yaml': torn })).toEqual([
      'removed b.yaml -',
      'moved a.yaml c.yaml',
    ])
  })
})

describe('the nearest mesh', () => {
  const side = snapshotOf([
    mesh([virtualService('clusters/a/web/vs.yaml', 'ns/a')], 'a'),
    mesh([virtualService('clusters/b/web/vs.yaml', 'ns/a')], 'b'),
  ])

  it.each([
    ['clusters/b/web/rule.yaml', 'b'],
    ['clusters/b/other/rule.yaml', 'b'],
    ['clusters/a/web/vs.yaml', 'a'],
    ['elsewhere/rule.yaml', 'a'],
  ])('of %s is %s', (path, name) => {
    expect(nearestMesh(side, path)?.name).toBe(name)
  })

  it('is none where there is none', () => {
    expect(nearestMesh(snapshotOf([]), 'a.yaml')).toBeUndefined()
  })
})
