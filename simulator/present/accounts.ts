import { allMemberships } from '../access/teams.ts'
import { type Account, type Role, roleIncludes, type Team } from '../state/accounts.ts'
import type { App, Installation } from '../state/app.ts'
import type { Json } from '../state/json.ts'
import { nodeId } from '../state/names.ts'
import { apiBase, type World } from '../state/world.ts'

/** An account as it appears inside other objects. */
export function presentUser(world: World, account: Account): Json {
  const api = `${apiBase(world)}/users/${encodeURIComponent(account.login)}`
  const page = `${world.origin}/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('User', account.id),
    avatar_url: `${world.origin}/avatars/${encodeURIComponent(account.login)}`,
    gravatar_id: '',
    url: api,
    html_url: page,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  }
}

/** An account by itself. */
export function presentPublicUser(world: World, account: Account): Json {
  return {
    ...presentUser(world, account),
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  }
}

/** The organization of a webhook payload. */
export function presentOrganization(world: World, account: Account): Json {
  const url = `${apiBase(world)}/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/${account.login}`,
    description: null,
  }
}

/** What a role allows, in the five words of the older API. */
export function presentRole(role: Role): Json {
  return {
    pull: roleIncludes(role, 'read'),
    triage: roleIncludes(role, 'triage'),
    push: roleIncludes(role, 'write'),
    maintain: roleIncludes(role, 'maintain'),
    admin: roleIncludes(role, 'admin'),
  }
}

function presentSimpleTeam(world: World, team: Team): Json {
  const organization = team.organization.account
  const url = `${apiBase(world)}/organizations/${organization.id}/team/${team.id}`
  return {
    id: team.id,
    node_id: nodeId('Team', team.id),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: team.privacy,
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    url,
    html_url: `${world.origin}/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: organization.id,
  }
}

/** A team inside other objects. */
export function presentTeam(world: World, team: Team): Json {
  return {
    ...presentSimpleTeam(world, team),
    parent: team.parent ? presentSimpleTeam(world, team.parent) : null,
  }
}

/** A team by itself. */
export function presentFullTeam(world: World, team: Team): Json {
  const organization = team.organization.account
  return {
    ...presentTeam(world, team),
    members_count: allMemberships(world, team).length,
    repos_count: team.repositories.size,
    created_at: team.createdAt,
    updated_at: team.createdAt,
    organization: {
      ...presentOrganization(world, organization),
      html_url: `${world.origin}/${organization.login}`,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      created_at: organization.createdAt,
      updated_at: organization.createdAt,
      archived_at: null,
      type: 'Organization',
    },
  }
}

/** The App itself. */
export function presentApp(world: World, app: App): Json {
  const [owner = app.bot] = [...world.organizations.values()].map(({ account }) => account)
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: presentUser(world, owner),
    name: app.name,
    description: null,
    external_url: world.origin,
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  }
}

/** The App on an account. */
export function presentInstallation(world: World, installation: Installation): Json {
  const { account, app } = installation
  const url = `${apiBase(world)}/app/installations/${installation.id}`
  return {
    id: installation.id,
    account: presentUser(world, account),
    repository_selection: installation.without.size > 0 ? 'selected' : 'all',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${apiBase(world)}/installation/repositories`,
    html_url: `${world.origin}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: installation.suspendedAt ?? null,
  }
}
