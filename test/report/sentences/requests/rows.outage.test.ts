import { expect, test } from 'vitest'
import { terminalCheck } from '../../../../src/report/page/text/check-text.ts'
import { endless } from '../../../../src/report/print/screen.ts'
import { edited } from '../../edited.ts'
import { expectPromises } from '../../promises.ts'
import { assessStory, contextOf, readStory } from '../../story.ts'

const service = `apiVersion: v1
kind: Service
metadata: { name: ratings, namespace: ns9 }
spec: { ports: [{ name: http, port: 80 }] }
`
const prefix = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ratings, namespace: ns9 }
spec:
  hosts: [ratings.ns9.svc.cluster.local]
  http:
    - match: [{ uri: { prefix: /v2 } }]
      route: [{ destination: { host: ratings } }]
`

/** Everything but one prefix is 404 from then on, and nobody here owns the service. */
const outage = edited(readStory('own-path'), {
  both: { 'services/ratings.yaml': () => service },
  head: { 'teams/catalog/ratings.yaml': () => prefix },
})

test('what a service of nobody loses comes before the prefix that somebody gets', () => {
  const assessment = assessStory(outage)
  expectPromises(assessment, contextOf(outage))

  const rows = terminalCheck(assessment, endless)
    .split('\n')
    .filter((line) => line.startsWith('inside the mesh: '))
  expect(rows).toEqual([
    'inside the mesh: ratings.ns9.svc.cluster.local/* except /v2*  the service no longer answers by itself',
    'inside the mesh: ratings.ns9.svc.cluster.local/v2*  catalog gets it; a route for the first time',
  ])
})
