import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { functions } from '../../../../../src/domain/deployment/argo-cd/go-template/functions.ts'

it('the documentation says every function that is followed', () => {
  const [, listed = ''] =
    /^Functions of Go templates(.*?)\.$/ms.exec(readFileSync('docs/layouts.md', 'utf8')) ?? []
  const said = [...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name)

  expect(said).toEqual([...functions.keys(), 'and', 'or'].toSorted())
})
