import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { ChartRelease } from '../../src/app/reading/chart-port.ts'
import { createHelm } from '../../src/helm/helm.ts'
import { builtHelms, hasHelm } from '../support/helm.ts'

const chartFile = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'
const route = (host: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web }\nspec: { hosts: ["${host}"] }\n`

type Texts = Readonly<Record<string, string>>

function release(files: Texts, more: Partial<ChartRelease> = {}): ChartRelease {
  const texts = { 'Chart.yaml': chartFile, ...files }
  return {
    name: 'web',
    namespace: 'shop',
    chart: new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])),
    values: [],
    set: [],
    ...more,
  }
}

test('where there is no helm, nothing is rendered', async () => {
  const rendered = await createHelm({ path: '/nowhere' }).render(release({}))

  expect(rendered).toEqual({ kind: 'not-rendered', why: 'no-helm' })
})

test('a folder of the working directory is no place to look for programs', async () => {
  const rendered = await createHelm({ path: 'test/oracles/helm4:.' }).render(release({}))

  expect(rendered).toEqual({ kind: 'not-rendered', why: 'no-helm' })
})

test.skipIf(hasHelm)('helm was not built (npm run build:helm): what needs it is skipped', () => {
  expect(builtHelms).toEqual([])
})

describe.each(builtHelms)('helm $version', ({ path }) => {
  const render = (files: Texts, more?: Partial<ChartRelease>) =>
    createHelm({ path }).render(release(files, more))
  const refuses = (complaint: RegExp) => ({ kind: 'refused', complaint: expect.stringMatching(complaint) })
  const prints = (text: string | RegExp) => ({ kind: 'rendered', text: expect.stringMatching(text) })

  test('renders a chart with values, the later ones first, and parameters over all', async () => {
    const template = route(
      '{{ .Values.a }}.{{ .Values.b }}.{{ .Values.c }}.{{ .Release.Namespace }}.{{ .Release.Name }}',
    )
    const rendered = await render(
      { 'values.yaml': 'a: 1\nb: 1\nc: 1\n', 'templates/web.yaml': template },
      { values: ['{ b: two, c: two }', 'c: three'], set: [{ name: 'a', value: 'four', isText: 'yes' }] },
    )

    expect(rendered).toEqual(prints(/# Source: shop\/templates\/web\.yaml\n.*four\.two\.three\.shop\.web/s))
  })

  test('a chart that asks whether it is in a mesh is told so', async () => {
    const template = `{{ if .Capabilities.APIVersions.Has "networking.istio.io/v1" }}${route('a.example')}{{ end }}`

    expect(await render({ 'templates/web.yaml': template })).toEqual(prints(/a\.example/))
  })

  test.each([
    [
      'a value that is required',
      '{{ required "host is needed" .Values.host }}',
      /web\.yaml:1:3\D.*host is needed/s,
    ],
    ['a field of nothing', 'a: {{ .Values.a.b.c }}', /web\.yaml:1:\d+.*nil pointer/s],
    ['an action that is not closed', 'a: {{ .Values.a', /parse error at \(shop\/templates\/web\.yaml:1\)/],
    ['what is no YAML', 'a: b\n  c: d\n', /YAML parse error on shop\/templates\/web\.yaml/],
    ['a template that calls itself', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}', /./],
  ])('refuses %s, and says where', async (_, template, complaint) => {
    expect(await render({ 'templates/web.yaml': template })).toEqual(refuses(complaint))
  })

  test('refuses values that do not parse, and those of an alias bomb', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [at, name] of [...'bcdefghi'].entries()) {
      const before = 'abcdefgh'[at]
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`)
    }

    expect(await render({}, { values: ['a: b', 'a: ['] })).toEqual(refuses(/values-1\.yaml/))
    expect(await render({ 'values.yaml': bomb.join('\n') })).toEqual(refuses(/excessive aliasing/))
  })

  test('kills a template that does not end, and does not ask it to', async () => {
    const began = Date.now()
    const loop = '{{ range until 30000 }}{{ range until 30000 }}{{ end }}{{ end }}'
    const rendered = await createHelm({ path, time: 1500 }).render(release({ 'templates/web.yaml': loop }))

    expect(rendered).toEqual({ kind: 'not-rendered', why: 'time' })
    expect(Date.now() - began).toBeLessThan(20_000)
  })

  test('gives up on a flood of output', async () => {
    const flood = `a: {{ repeat ${17 * 1024 * 1024} "x" }}`

    expect(await render({ 'templates/web.yaml': flood })).toEqual({ kind: 'not-rendered', why: 'size' })
  })

  test('has no more memory than it is given', async () => {
    const hungry = 'a: {{ range until 1000000000 }}{{ end }}'

    expect(await render({ 'templates/web.yaml': hungry })).toEqual({ kind: 'not-rendered', why: 'memory' })
  })

  test('asks nobody: not by a schema, not by a name, not by a file', async () => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.url)
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    const template = `name: "{{ getHostByName "localhost" }}|{{ .Files.Get "../../../../../etc/hostname" }}|{{ lookup "v1" "Pod" "" "" }}"\nurl: "{{ .Values.url }}"\n`
    const rendered = await render(
      {
        'values.schema.json': `{ "$ref": "${url}/schema" }`,
        'Chart.yaml': `${chartFile}icon: ${url}/icon\n`,
        'templates/web.yaml': template,
      },
      { set: [{ name: 'url', value: `${url}/set`, isText: 'no' }] },
    )
    server.close()

    expect(rendered).toEqual(prints(/name: "\|\|map\[\]"/))
    expect(asked).toEqual([])
  })

  test('finds neither the environment nor a plugin', async () => {
    const template = 'home: "{{ .Values.home }}"\n'
    process.env['HELM_NAMESPACE'] = 'stolen'
    const rendered = await createHelm({ path }).render({
      ...release({ 'templates/web.yaml': `${template}space: {{ .Release.Namespace }}\n` }),
      namespace: 'shop',
    })
    delete process.env['HELM_NAMESPACE']

    expect(rendered).toEqual(prints(/space: shop/))
    expect(await render({ 'templates/web.yaml': '{{ env "HOME" }}' })).toEqual(
      refuses(/function "env" not defined/),
    )
  })

  test.each(['--post-renderer=x', 'a/b', '../x', 'UPPER', '', '-f', 'x'.repeat(54)])(
    'a release is not called %j',
    async (name) => {
      expect(await render({}, { name })).toEqual({ kind: 'not-rendered', why: 'unsafe-name' })
    },
  )

  test.each(['--debug', '../x', 'a.b', ''])('a namespace is not called %j', async (namespace) => {
    expect(await render({}, { namespace })).toEqual({ kind: 'not-rendered', why: 'unsafe-name' })
  })

  test.each(['../outside.yaml', '/etc/outside.yaml', 'a/../../outside.yaml'])(
    'no file of a chart lies at %j',
    async (file) => {
      expect(await render({ [file]: 'a: b' })).toEqual({ kind: 'not-rendered', why: 'unsafe-name' })
    },
  )
})
