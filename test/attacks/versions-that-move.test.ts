import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manifest } from '../support/manifests.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/.github/ @bookinfo/mesh-admins
`
const istio = 'networking.istio.io/v1'
const host = 'reviews.catalog.svc.cluster.local'
const folder = 'teams/catalog/web'
const deliverer = 'teams/catalog/deliver.yaml'
const repoURL = 'https://github.com/bookinfo/mesh'
const rules = (subset: string) =>
  manifest(istio, 'DestinationRule', ['catalog', 'reviews'], {
    host,
    subsets: [{ name: subset, labels: { version: '1' } }],
  })
const application = (targetRevision: string) =>
  manifest('argoproj.io/v1alpha1', 'Application', ['argocd', 'catalog'], {
    destination: { namespace: 'catalog', server: 'https://kubernetes.default.svc' },
    source: { repoURL, path: folder, targetRevision },
  })
const flux = (ref: object) =>
  `---\n${manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', ['flux-system', 'flux-system'], { ref })}---\n${manifest(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    ['flux-system', 'catalog'],
    { path: `./${folder}`, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
  )}`
const files = {
  'teams/login/leads.yaml': manifest(istio, 'VirtualService', ['login', 'leads'], {
    hosts: ['accounts.login.svc.cluster.local'],
    http: [{ route: [{ destination: { host, subset: 'v1' } }] }],
  }),
  [`${folder}/rules.yaml`]: rules('v1'),
}

describe('a branch that is called like a version', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre({})
  })

  afterAll(() => theatre.close())

  async function verdictOn(before: string, after: string, branch = 'v1.1') {
    const story = await theatre.story({ codeowners, files: { ...files, [deliverer]: before } })
    await story.push('carla', branch, { [`${folder}/rules.yaml`]: rules('v2') })
    const pull = await story.propose('carla', { [deliverer]: after })
    const { conclusion, waitsFor } = await pull.verdict()
    return { conclusion, waitsFor }
  }

  const stopped = { conclusion: 'action_required', waitsFor: ['login'] }
  const green = { conclusion: 'success', waitsFor: [] }

  it.each([
    ['by an Application', application('v1.0'), application('v1.1')],
    ['by its full name', application('v1.0'), application('refs/heads/v1.1')],
    ['as a tag of Flux', flux({ tag: 'v1.0' }), flux({ tag: 'v1.1' })],
    ['as a branch of Flux', flux({ branch: 'v1.0' }), flux({ branch: 'v1.1' })],
    ['by its name, to Flux', flux({ name: 'refs/tags/v1.0' }), flux({ name: 'refs/heads/v1.1' })],
  ])('is followed %s, and is not what is merged', async (_, before, after) => {
    expect(await verdictOn(before, after)).toEqual(stopped)
  })

  it.each([
    ['a tag that is to come', application('v1.0'), application('v1.2')],
    ['a tag that is to come, to Flux', flux({ tag: 'v1.0' }), flux({ tag: 'v1.2' })],
    ['back to what is merged', application('v1.1'), application('HEAD')],
    ['the same branch as before', application('v1.1'), `\n${application('v1.1')}`],
  ])('is no concern of %s', async (_, before, after) => {
    expect(await verdictOn(before, after)).toEqual(green)
  })
})
