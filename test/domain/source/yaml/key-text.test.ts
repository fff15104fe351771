import { expect, test } from 'vitest'
import { jsonOf } from '../../../../src/domain/manifest/yaml-json.ts'
import { parseYaml } from '../../../../src/domain/source/yaml.ts'

/** What sigs.k8s.io/yaml 1.3 makes of these keys. */
test.each([
  ['yes', 'true'],
  ['0x10', '16'],
  ['9007199254740993', '9007199254740993'],
  ['1e6', '1e+06'],
  ['123456.7', '123456.7'],
  ['1.5e5', '150000'],
  ['0.00001', '1e-05'],
  ['0.0001', '0.0001'],
  ['1.23e-5', '1.23e-05'],
  ['16777217.0', '1.6777216e+07'],
  ['1e300', '.inf'],
  ['-.inf', '-.inf'],
  ['.nan', '.nan'],
  ['0.1', '0.1'],
  ['-0.0', '-0'],
  ['123456789012345678901', '1.2345679e+20'],
  ['-5.0', '-5'],
  ['2001-12-14', '2001-12-14'],
])('the key %s is %s', (written, key) => {
  const [document] = parseYaml({ path: 'a.yaml', text: `${written}: x\n` }, { id: 'x' })

  expect(document?.root && jsonOf(document.root)).toEqual({ [key]: 'x' })
})

test.each(['~', '18446744073709551615', '[a]'])('%s is no key', (written) => {
  const [document] = parseYaml({ path: 'a.yaml', text: `{${written}: x}\n`.replace('{', '- {') }, { id: 'x' })

  expect(document?.diagnostics).toMatchObject([{ code: 'key-kind' }])
})
