import { describe, expect, it } from 'vitest'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { unowned } from '../../../src/domain/ownership/team.ts'

const codeowners = parseCodeowners({
  path: '.github/CODEOWNERS',
  text: '* @bookinfo/mesh-admins\n/teams/login/ @Bookinfo/Login @ada\n/teams/login/free/\n',
})

describe('ownership', () => {
  it('gives a file to the team of the last line that matches it', () => {
    const ownership = createOwnership(codeowners)

    expect(ownership.ownersOf('teams/login/vs-1.yaml')).toEqual({
      key: '@ada @bookinfo/login',
      owners: ['@Bookinfo/Login', '@ada'],
      label: '@Bookinfo/Login @ada',
    })
    expect(ownership.ownersOf('mesh/primary.yaml').label).toBe('@bookinfo/mesh-admins')
  })

  it('gives a file to nobody where the deciding line names nobody', () => {
    expect(createOwnership(codeowners).ownersOf('teams/login/free/x.yaml')).toBe(unowned)
  })

  it.each([
    [
      'what changes it last',
      { path: 'mesh/kustomization.yaml', saidIn: ['mesh/kustomization.yaml'] },
      'mesh/kustomization.yaml',
    ],
    [
      'its file, where nobody owns that',
      { path: 'teams/login/free/kustomization.yaml', saidIn: [] },
      'teams/login/vs-1.yaml',
    ],
    [
      'its file, where its owners say all of it',
      { path: 'mesh/kustomization.yaml', saidIn: ['teams/login/p.yaml'] },
      'teams/login/vs-1.yaml',
    ],
    [
      'what changes it last, where others say some of it',
      { path: 'mesh/kustomization.yaml', saidIn: ['teams/login/p.yaml', 'teams/pay/p.yaml'] },
      'mesh/kustomization.yaml',
    ],
    [
      'what changed it before, where nobody owns what changes it last',
      {
        path: 'teams/login/free/kustomization.yaml',
        saidIn: [],
        over: { path: 'mesh/kustomization.yaml', saidIn: ['mesh/kustomization.yaml'] },
      },
      'mesh/kustomization.yaml',
    ],
  ])('gives what is delivered to the owners of %s', (_, overlay, path) => {
    const ownership = createOwnership(codeowners)
    const resource = { file: { path: 'teams/login/vs-1.yaml', text: '' }, overlay }

    expect(ownership.owningPath(resource)).toBe(path)
    expect(ownership.teamOf(resource)).toBe(ownership.ownersOf(path))
  })

  it('gives a resource to the owners of its file', () => {
    const ownership = createOwnership(codeowners)
    const file = { path: 'teams/login/vs-1.yaml', text: '' }
    const resource = {
      kind: 'VirtualService',
      apiVersion: '',
      name: 'vs-1',
      labels: {},
      annotations: {},
      file,
      body: {},
    }

    expect(ownership.teamOf(resource)).toBe(ownership.ownersOf(file.path))
  })

  it('knows which CODEOWNERS it follows', () => {
    expect(createOwnership(codeowners)).toMatchObject({ known: true, source: '.github/CODEOWNERS' })
  })

  it('is not known without a CODEOWNERS', () => {
    const ownership = createOwnership(undefined)

    expect(ownership.known).toBe(false)
    expect(ownership.ownersOf('anything')).toBe(unowned)
  })
})
