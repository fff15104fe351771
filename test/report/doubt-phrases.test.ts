import { expect, it } from 'vitest'
import { type Cause, doubt } from '../../src/domain/doubt.ts'
import { readConfiguration } from '../../src/domain/policy/configuration/configuration.ts'
import { rules } from '../../src/domain/rules/index.ts'
import { doubtWords } from '../../src/domain/wording/doubt-words.ts'
import { doubtLines, doubtMarkdown, doubtText } from '../../src/report/doubt-phrases.ts'
import { plain } from '../../src/report/paint.ts'

const of = ['ns1/a', 'ns1/b']
const files = ['prod/a.yaml', 'test/a.yaml']
const causes: readonly Cause[] = [
  { code: 'not-in-git' },
  { code: 'copies', of: 'ns1/a', files },
  { code: 'untried-copies', of, files },
  { code: 'perhaps-absent', of: 'ns1/a', file: 'a.yaml' },
  { code: 'pods-unknown', of: 'ns1/a' },
  { code: 'elsewhere' },
  { code: 'too-much-to-compare' },
  { code: 'gateway-elsewhere', gateway: 'ns1/gateway' },
  { code: 'shared-host', of, host: 'a.example', gateway: 'ns1/gateway' },
  { code: 'no-namespace', of: ['a'], files },
  { code: 'divided-meshes', folder: '', meshes: ['prod', 'test'] },
  { code: 'undivided-meshes', folder: 'apps', meshes: ['prod', 'test'] },
  { code: 'codeowners-unread', file: 'CODEOWNERS' },
]

it.each(causes)('what would settle $code can be pasted', (cause) => {
  const { settle } = doubtWords(doubt(cause))
  const text = `${settle?.block ?? '{}'}\n`
  const { diagnostics } = readConfiguration({ path: '.github/firebreak.yml', text }, rules)

  expect(diagnostics).toEqual([])
  expect(doubtText(doubt(cause)).endsWith(settle?.block ?? '.')).toBe(true)
})

it('is told with the block in every form', () => {
  const divided = doubt({ code: 'undivided-meshes', folder: 'apps', meshes: ['prod', 'test'] })

  expect(doubtLines(divided, 'Taken for granted: ', plain)).toEqual([
    'Taken for granted: The same objects stand in several directories in apps/, but delegates cross them: all of it is taken to be one mesh. If it is not, write it (.github/firebreak.yml):',
    '    meshes:',
    '      - { name: "prod", paths: ["apps/prod/**"] }',
    '      - { name: "test", paths: ["apps/test/**"] }',
  ])
  expect(doubtMarkdown(divided)).toContain(
    '```yaml\nmeshes:\n  - { name: "prod", paths: ["apps/prod/**"] }\n',
  )
})

it('a hostile name stays quoted', () => {
  const text = doubtMarkdown(doubt({ code: 'gateway-elsewhere', gateway: '@all **x**' }))

  expect(text).toContain('`@all **x**`')
})
