import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultPolicy,
  readConfiguration,
} from '../../../../src/domain/policy/configuration/configuration.ts'
import type { KnownRule } from '../../../../src/domain/policy/configuration/effect.ts'
import { rangeOf } from '../../../../src/domain/source/located.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'
import { plainOf } from '../../../../src/domain/words/phrase.ts'
import { ended, plainSentence } from '../../../../src/domain/words/sentence.ts'

const knownRules: readonly KnownRule[] = [
  { id: 'shadowed-route', effect: 'block', configurable: true },
  { id: 'missing-secondary', effect: 'block', configurable: true },
  { id: 'contested-host', effect: 'report', configurable: true },
  { id: 'merge-conflict', effect: 'block', configurable: false },
  { id: 'incomplete-analysis', effect: 'block', configurable: false },
]

function read(text: string) {
  return readConfiguration({ path: '.github/firebreak.yml', text }, knownRules)
}

/** Each mistake on a line: place, what was written there, what is wrong. */
function mistakes(text: string): string {
  return read(text)
    .diagnostics.map((mistake) => {
      const { range, todo } = mistake
      if (range === undefined) throw new Error('a mistake must have a place')
      const { line, column } = positionOf(range)
      const text = JSON.stringify(range.file.text.slice(range.start, range.end))
      return `${line}:${column} ${text}\n  ${plainSentence(mistake)}${todo ? `\n  ${plainOf(ended(todo))}` : ''}\n`
    })
    .join('')
}

const complete = `
manifests: { include: ["mesh/**/*.yaml"], exclude: ["mesh/test/**"] }
meshes: [{ name: prod, paths: ["clusters/prod/**"] }]
units: [{ path: ., kind: directory }, { path: apps/web/, kind: kustomize, mesh: prod, namespace: web }]
namespaces: [{ paths: ["teams/login/**"], namespace: ns1 }]
istio: { dialect: istio, version: "1.22", clusterDomain: mesh.example, defaultExportTo: ["."], gatewayNamespaces: [istio-system], securityHeaders: [X-Tenant], pathNormalization: MERGE_SLASHES }
complete: false
ownership: { consent: author, administrators: ["@bookinfo/mesh-admins", "ada@example.com"] }
consent: { inherited: report, certain: only, many: 2, ignore: [example.com/team] }
bots: [{ login: "bookinfo-release[bot]", for: "@bookinfo/catalog", may: [weights] }]
override: true
mode: observe
approvals: { stale: keep }
rules: { shadowed-route: off, contested-host: require-approval }
comments: { summary: off, review: always }
suppress: [{ rule: shadowed-route, resource: ns1/vs-1, reason: "until the move is done", until: 2026-12-31 }]
`

describe('the configuration', () => {
  it('is the default one where there is no file, an empty one, or one of comments', () => {
    expect(readConfiguration(undefined, knownRules)).toEqual({ policy: defaultPolicy, diagnostics: [] })
    expect(read('')).toEqual({ policy: defaultPolicy, diagnostics: [] })
    expect(read('# nothing\n')).toEqual({ policy: defaultPolicy, diagnostics: [] })
  })

  it("takes the mesh's own word for Istio's default normalisation of paths", () => {
    expect(read('istio: { pathNormalization: DEFAULT }').policy).toEqual(defaultPolicy)
  })

  it('has the documented defaults', () => {
    expect(defaultPolicy).toEqual({
      manifests: { include: ['**/*.{yaml,yml,json}'], exclude: [] },
      meshes: [],
      units: [],
      namespaces: [],
      render: { helm: false },
      istio: {
        dialect: 'asm',
        version: { major: 1, minor: 30 },
        clusterDomain: 'cluster.local',
        defaultExportTo: ['*'],
        gatewayNamespaces: [],
        securityHeaders: ['authorization', 'x-forwarded-*', 'strict-transport-security'],
        pathNormalization: 'BASE',
      },
      complete: true,
      external: [],
      snapshots: [],
      ignoreFields: [],
      ignoreWeights: [],
      ownership: { consent: 'approval', administrators: [] },
      consent: {
        inherited: 'require-approval',
        certain: 'all',
        many: 5,
        ignore: [
          'app.kubernetes.io/name',
          'app.kubernetes.io/version',
          'app.kubernetes.io/component',
          'app.kubernetes.io/part-of',
          'app.kubernetes.io/managed-by',
          'helm.sh/chart',
        ],
      },
      bots: [],
      override: false,
      mode: 'enforce',
      approvals: { stale: 'dismiss' },
      rules: {},
      comments: { summary: 'others', review: 'others' },
      suppress: [],
    })
  })

  it('takes every setting', () => {
    const { policy, diagnostics } = read(complete)

    expect(diagnostics).toEqual([])
    expect(policy).toMatchObject({
      manifests: { include: ['mesh/**/*.yaml'], exclude: ['mesh/test/**'] },
      meshes: [{ name: 'prod', paths: ['clusters/prod/**'] }],
      units: [
        { path: '', kind: 'directory' },
        { path: 'apps/web', kind: 'kustomize', mesh: 'prod', namespace: 'web' },
      ],
      namespaces: [{ paths: ['teams/login/**'], namespace: 'ns1' }],
      istio: {
        dialect: 'istio',
        version: { major: 1, minor: 22 },
        clusterDomain: 'mesh.example',
        defaultExportTo: ['.'],
        gatewayNamespaces: ['istio-system'],
        securityHeaders: ['x-tenant'],
        pathNormalization: 'MERGE_SLASHES',
      },
      complete: false,
      ownership: { consent: 'author', administrators: ['@bookinfo/mesh-admins', 'ada@example.com'] },
      consent: { inherited: 'report', certain: 'only', many: 2, ignore: ['example.com/team'] },
      bots: [{ login: 'bookinfo-release[bot]', for: '@bookinfo/catalog', may: ['weights'] }],
      override: true,
      mode: 'observe',
      approvals: { stale: 'keep' },
      rules: { 'shadowed-route': 'off', 'contested-host': 'require-approval' },
      comments: { summary: 'off', review: 'always' },
    })
    expect(policy.suppress).toMatchObject([
      { rule: 'shadowed-route', resource: 'ns1/vs-1', until: '2026-12-31' },
    ])
  })

  it('remembers where a suppression was written', () => {
    const [suppression] = read(complete).policy.suppress

    const range = suppression && rangeOf(suppression)
    expect(range && positionOf(range).line).toBe(16)
  })

  it('takes a key without a value for one that is left out', () => {
    expect(read('rules:\nsuppress:\nistio: { version: }\n')).toEqual({
      policy: defaultPolicy,
      diagnostics: [],
    })
  })

  it('reads off as a word, quoted or not', () => {
    const { policy } = read('comments: { summary: off, review: "off" }')

    expect(policy.comments).toEqual({ summary: 'off', review: 'off' })
  })

  it('is YAML 1.2: words, numbers, anchors and braces', () => {
    const { policy, diagnostics } = read(
      '{ comments: &quiet { summary: off, review: off }, consent: { many: 0o17 }, ownership: { administrators: &all ["@a/b"] }, bots: [{ login: no, for: "@y", may: [] }] }',
    )

    expect(diagnostics).toEqual([])
    expect(policy).toMatchObject({
      comments: { summary: 'off', review: 'off' },
      consent: { many: 15 },
      bots: [{ login: 'no', for: '@y' }],
    })
    expect(
      read('meshes:\n  - { name: a, paths: &p [x/**] }\n  - { name: b, paths: *p }\n').policy.meshes,
    ).toEqual([
      { name: 'a', paths: ['x/**'] },
      { name: 'b', paths: ['x/**'] },
    ])
  })

  it('is not read beyond its limits', () => {
    const bomb = Array.from({ length: 9 }, (_, at) => `- &a${at} [${`*a${at - 1}, `.repeat(at && 9)}x]\n`)

    expect(mistakes(`suppress:\n${bomb.join('')}`)).toContain('Aliases stand for more than')
    expect(mistakes(`rules: ${'{a: '.repeat(5_000)}`)).toContain('nested more than 200 deep')
    expect(mistakes(`${'#'.repeat(300_000)}\noverride: true\n`)).toContain('The file is over 128 KB')
  })

  it('lets one mistake fall back to the defaults in everything', () => {
    const { policy, diagnostics } = read('rules: { shadowed-route: off }\noveride: true\n')

    expect(diagnostics).toHaveLength(1)
    expect(policy).toBe(defaultPolicy)
  })

  it('does not overlook names that every object has', () => {
    expect(mistakes('constructor: 1\n')).toContain('There is no setting "constructor"')
    expect(mistakes('__proto__: {}\n')).toContain('There is no setting "__proto__"')
    expect(mistakes('rules: { __proto__: off }\n')).toContain('There is no rule "__proto__"')
    expect(mistakes('rules: { toString: off }\n')).toContain('There is no rule "toString"')
  })
})

const cases = new URL('invalid-configurations/', import.meta.url)

describe('an invalid configuration names each mistake, and where it is:', () => {
  it.each(readdirSync(cases).filter((name) => name.endsWith('.yml.txt')))('%s', async (name) => {
    const told = mistakes(readFileSync(new URL(name, cases), 'utf8'))

    expect(told).not.toBe('')
    await expect(told).toMatchFileSnapshot(new URL(name.replace(/yml\.txt$/, 'expected.txt'), cases).pathname)
  })
})

describe('laws of the configuration', () => {
  it('no text whatever makes the reader throw, and a mistake never leaves anything but the defaults', () => {
    const piece = fc.constantFrom(
      ...[
        'manifests:',
        'rules:',
        ' include:',
        '- x',
        '{',
        '}',
        '[',
        ']',
        'off',
        '1.30',
        '\n',
        ' ',
        '"',
        '&a',
        '*a',
        '<<: ',
        '!!x',
      ],
      ...['suppress:', 'until: 2026-01-01', 'bots', ': ', ',', 'many: 3', 'mode: observe'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { policy, diagnostics } = read(pieces.join(''))

        if (diagnostics.length > 0) expect(policy).toBe(defaultPolicy)
      }),
      { numRuns: 500 },
    )
  })
})
