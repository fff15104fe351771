import { assertNever } from '../domain/source/assert-never.ts'
import { readSettings } from '../domain/source/settings/settings-yaml.ts'
import type { YamlNode } from '../domain/source/yaml-node.ts'
import { packageFile } from '../package-file.ts'

/** What is asked of whoever registers the App. */
export interface AppWishes {
  readonly name: string
  /** Where GitHub is to send events: an address, or that of the server alone. */
  readonly webhook: string
  /** Where GitHub is to send the browser back to. */
  readonly redirect: string
}

/** The path at which the server listens. */
const webhookPath = '/api/github/webhooks'

/** The address to which events are sent, or why it is none. */
export function webhookAddress(written: string): { readonly url: string } | { readonly wrong: string } {
  const url = URL.parse(written.trim())
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return { wrong: 'an http or https address' }
  if (['', '/'].includes(url.pathname)) url.pathname = webhookPath
  if (url.pathname !== webhookPath) return { wrong: `an address that ends in ${webhookPath}` }
  if (url.username !== '' || url.search !== '' || url.hash !== '') return { wrong: 'nothing but an address' }
  return { url: url.href }
}

/** The manifest of GitHub's flow: what `app.yml` asks for, at this server. */
export function appManifest({ name, webhook, redirect }: AppWishes): Readonly<Record<string, unknown>> {
  const { root, mistakes } = readSettings({ path: 'app.yml', text: packageFile('app.yml') })
  if (root?.kind !== 'map' || mistakes.length > 0) throw new Error('app.yml of the package cannot be read')
  const asked = Object.fromEntries(root.entries.map(({ key, value }) => [key, plainValue(value)]))
  return {
    ...asked,
    name,
    hook_attributes: { url: webhook, active: true },
    redirect_url: redirect,
  }
}

function plainValue(node: YamlNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'sequence':
      return node.items.map(plainValue)
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]))
    default:
      return assertNever(node)
  }
}
