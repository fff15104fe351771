import { findTeam } from '../access/teams.ts'
import type { Account } from '../state/accounts.ts'
import { fullName, type Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import type { Decorations } from './decorate.ts'
import { type Html, type HtmlPart, html } from './html.ts'
import { avatarSvg, icon } from './icons.ts'

/** A page as it is sent. */
export interface Page {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer
}

/**
 * Nothing but our own files runs here. Styles may be inline because the diagrams' drawings carry theirs; the
 * sanitizer removes those of comments.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A whole page around its content. */
export function layout(title: string, where: HtmlPart, content: Html): Page {
  const { html: body } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/avatars/github">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/mermaid.js" defer></script>
<script type="module" src="/assets/page.js"></script>
</head>
<body>
<header class="site-header"><a class="site-name" href="/">${icon('repository')} Local GitHub</a><span class="site-where">${where}</span></header>
<main>${content}</main>
<footer class="site-footer">A simulated GitHub on this machine. Nothing here leaves it.</footer>
</body>
</html>`
  return { status: 200, type: 'text/html; charset=utf-8', body }
}

/** What is said where nothing is. */
export function notFoundPage(): Page {
  const content = html`<div class="narrow blank"><h1>404</h1><p>This is not the page you are looking for. <a href="/">All pull requests</a></p></div>`
  return { ...layout('Not found', undefined, content), status: 404 }
}

/** The picture of an account. */
export function avatar(login: string, size: 'small' | 'medium' | 'large' = 'small'): Html {
  const pixels = { small: 20, medium: 24, large: 40 }[size]
  return html`<img class="avatar avatar-${size}" src="/avatars/${encodeURIComponent(login)}" width="${pixels}" height="${pixels}" alt="">`
}

/** An account's name, bots marked as GitHub marks them. */
export function accountName(account: Account): Html {
  const name = account.login.replace(/\[bot\]$/, '')
  const mark = account.type === 'Bot' ? html` <span class="label">bot</span>` : undefined
  return html`<strong class="login">${name}</strong>${mark}`
}

/** The drawing behind an account's picture. */
export function avatarPage(login: string): Page {
  return { status: 200, type: 'image/svg+xml', body: avatarSvg(login) }
}

/** The path of a repository's or pull request's page. */
export function pathOf(repository: Repository, ...rest: readonly (string | number)[]): string {
  return `/${[...fullName(repository).split('/'), ...rest].map((part) => encodeURIComponent(part)).join('/')}`
}

/** A moment, told as the distance from now; the exact time is in the title. */
export function moment(world: World, at: string): Html {
  const seconds = Math.max(0, (Date.parse(world.now()) - Date.parse(at)) / 1000)
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const
  const unit = units.find(([length]) => seconds >= length)
  const number = unit ? Math.floor(seconds / unit[0]) : 0
  const words = unit ? `${number} ${unit[1]}${number === 1 ? '' : 's'} ago` : 'just now'
  return html`<time datetime="${at}" title="${at}">${words}</time>`
}

/** How Markdown of a repository is linked. */
export function decorationsOf(world: World, repository: Repository): Decorations {
  return {
    mention(name) {
      const [organization = '', slug] = name.split('/')
      const known =
        slug === undefined ? world.accounts.has(name.toLowerCase()) : findTeam(world, organization, slug)
      return known ? `/#${name}` : undefined
    },
    reference: (number) =>
      repository.pulls.some((pull) => pull.number === number)
        ? pathOf(repository, 'pull', number)
        : undefined,
  }
}
