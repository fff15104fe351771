import { expect, it } from 'vitest'
import { podTemplatesOf } from '../../../../src/domain/unmodelled/reading/pod-templates.ts'

const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c' }] } }
const labelsOf = (body: object) =>
  podTemplatesOf(JSON.parse(JSON.stringify(body))).map(({ labels }) => labels)

it.each([
  ['a Pod', { kind: 'Pod', metadata: { labels: { app: 'a' } }, spec: { containers: [] } }],
  ['a template', { kind: 'X', metadata: { labels: { app: 'no' } }, spec: { template } }],
  ['one below others', { kind: 'X', spec: { groups: [{ deep: { template } }] } }],
  ['metadata of pods', { kind: 'X', spec: { podMetadata: { labels: { app: 'a' } } } }],
])('finds the labels of %s', (_, body) => {
  expect(labelsOf(body)).toContainEqual({ app: 'a' })
})

it('takes neither the labels of the object, nor of claims, nor of an object within for those of pods', () => {
  expect(
    labelsOf({
      kind: 'X',
      metadata: { labels: { app: 'a' } },
      spec: {
        volumeClaimTemplates: [{ metadata: { labels: { app: 'a' } } }],
        manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: { app: 'a' } } },
      },
    }),
  ).toEqual([])
})
