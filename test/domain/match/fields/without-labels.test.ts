import { expect, it } from 'vitest'
import { withoutLabels } from '../../../../src/domain/match/fields/without-labels.ts'

it('what statistics and logs see says nothing of requests', () => {
  const asked = { uri: { prefix: '/log' }, ignoreUriCase: true, gateways: ['n/gw'] }

  expect(withoutLabels({ ...asked, name: 'some', statPrefix: 'some' })).toEqual(asked)
})
