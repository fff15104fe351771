/** Who we are on GitHub: what anybody else wrote is not ours, whatever it looks like. */
export interface Identity {
  readonly appId: number
  readonly slug: string
}

interface Authored {
  readonly user?: { readonly login: string; readonly type?: string } | null
  readonly performed_via_github_app?: { readonly id: number } | null
}

/** Whether the App wrote it: by its id where GitHub gives one, else by the login that only it can have. */
export function isOurs(
  { appId, slug }: Identity,
  { user, performed_via_github_app: app }: Authored,
): boolean {
  if (app !== null && app !== undefined) return app.id === appId
  return user?.type === 'Bot' && user.login.toLowerCase() === `${slug}[bot]`.toLowerCase()
}
