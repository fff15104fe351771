import { expect, it } from 'vitest'
import { isEnvoyCommand } from '../../../../../src/domain/manifest/validation/values/envoy-commands.ts'

it.each(['PROTOCOL', 'DOWNSTREAM_PEER_URI_SAN', 'UPSTREAM_HOST', 'START_TIME', 'RESPONSE_CODE_DETAILS'])(
  'knows %s with and without arguments, and nothing longer or shorter',
  (name) => {
    const known = (each: string, hasArguments = false) => isEnvoyCommand({ name: each, hasArguments })

    expect([known(name), known(name, true)]).toEqual([true, true])
    expect([known(`${name}X`), known(`X${name}`), known(name.slice(0, -1))]).toEqual([false, false, false])
  },
)

it('knows those that need arguments only with them', () => {
  expect([true, false].map((hasArguments) => isEnvoyCommand({ name: 'REQ', hasArguments }))).toEqual([
    true,
    false,
  ])
})
