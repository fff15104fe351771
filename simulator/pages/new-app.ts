import { ApiError } from '../access/api-error.ts'
import { consentTo, manifestFault } from '../behaviour/app-manifests.ts'
import type { Account } from '../state/accounts.ts'
import { type Json, objectAt, textAt } from '../state/json.ts'
import { nameKey } from '../state/names.ts'
import type { World } from '../state/world.ts'
import { html } from './html.ts'
import { layout, notFoundPage, type Page } from './layout.ts'

/** Where a browser is sent, or what it is shown. */
export type Posted = Page | { readonly redirect: string }

/** Whether a form may be sent to a path: that of an App to be registered, by a user or by an organization. */
export function isNewAppPath(path: string): boolean {
  return /^(?:\/organizations\/[^/]+)?\/settings\/apps\/new$/.test(path)
}

/** The page that asks for consent to a manifest, and what consent leads to. Who is logged in owns what is there. */
export function postNewApp(world: World, url: URL, body: string): Posted {
  const form = new URLSearchParams(body)
  const owner = ownerOf(world, url.pathname)
  const manifest = manifestIn(form)
  if (owner === undefined || manifest === undefined) return notFoundPage()
  const fault = manifestFault(manifest)
  if (fault !== undefined)
    return { ...layout('Invalid manifest', undefined, html`<p>${fault}</p>`), status: 422 }
  const name = form.get('name')
  if (name === null) return consentPage(owner, manifest, url.searchParams.get('state') ?? '')
  try {
    return { redirect: consentTo(world, { name, owner, manifest, state: form.get('state') ?? '' }) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { ...layout('Invalid name', undefined, html`<p>${error.message}</p>`), status: error.status }
  }
}

function ownerOf(world: World, path: string): Account | undefined {
  const named = /^\/organizations\/([^/]+)\//.exec(path)?.[1]
  if (named !== undefined) return world.organizations.get(nameKey(decodeURIComponent(named)))?.account
  return [...world.accounts.values()].find(({ type }) => type === 'User')
}

function manifestIn(form: URLSearchParams): Json | undefined {
  try {
    const value: unknown = JSON.parse(form.get('manifest') ?? '')
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

function consentPage(owner: Account, manifest: Json, state: string): Page {
  const permissions = Object.entries(objectAt(manifest, 'default_permissions'))
  const content = html`<div class="narrow"><h1>Create GitHub App for ${owner.login}</h1>
<form method="post"><input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<input type="hidden" name="state" value="${state}">
<p><label>GitHub App name <input name="name" value="${textAt(manifest, 'name') ?? ''}"></label></p>
<ul>${permissions.map(([name, access]) => html`<li>${name}: ${String(access)}</li>`)}</ul>
<p><button>Create GitHub App for ${owner.login}</button></p></form></div>`
  return layout('New GitHub App', undefined, content)
}
