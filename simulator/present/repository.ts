import type { Role } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import { nodeId } from '../state/names.ts'
import { fullName, type Repository } from '../state/repository.ts'
import { apiBase, type World } from '../state/world.ts'
import { presentRole, presentUser } from './accounts.ts'

/** Links that follow one pattern: `<name>_url` is the API address of the repository and this suffix. */
const templates: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
}

/** The API address of a repository. */
export function repositoryUrl(world: World, repository: Repository): string {
  return `${apiBase(world)}/repos/${fullName(repository)}`
}

/** The API address of one of its branches. */
export function branchUrl(world: World, repository: Repository, branch: string): string {
  return `${repositoryUrl(world, repository)}/branches/${branch.split('/').map(encodeURIComponent).join('/')}`
}

/** The address of its page. */
export function repositoryPage(world: World, repository: Repository): string {
  return `${world.origin}/${fullName(repository)}`
}

const features: Json = {
  topics: [],
  has_issues: true,
  has_projects: true,
  has_wiki: false,
  has_pages: false,
  has_downloads: false,
  has_discussions: false,
  archived: false,
  disabled: false,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
}

function counts(repository: Repository): Json {
  const open = repository.pulls.filter(({ state }) => state === 'open').length
  return {
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    open_issues: open,
    open_issues_count: open,
  }
}

/** A repository inside other objects. */
export function presentRepository(world: World, repository: Repository): Json {
  const url = repositoryUrl(world, repository)
  const page = repositoryPage(world, repository)
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    owner: presentUser(world, repository.owner),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    html_url: page,
    description: null,
    fork: repository.parent !== undefined,
    url,
    ...Object.fromEntries(Object.entries(templates).map(([name, suffix]) => [name, url + suffix])),
    clone_url: `${page}.git`,
    git_url: `${page}.git`,
    ssh_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    ...counts(repository),
    default_branch: repository.defaultBranch,
    ...features,
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
  }
}

/** A repository by itself, with what the caller may do in it. */
export function presentFullRepository(world: World, repository: Repository, role: Role): Json {
  const { parent } = repository
  return {
    ...presentRepository(world, repository),
    permissions: presentRole(role),
    subscribers_count: 0,
    network_count: 0,
    ...(repository.owner.type === 'Organization'
      ? { organization: presentUser(world, repository.owner) }
      : {}),
    ...(parent === undefined
      ? {}
      : { parent: presentRepository(world, parent), source: presentRepository(world, parent) }),
  }
}
