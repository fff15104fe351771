import { notFound } from '../../access/api-error.ts'
import { codeownersErrors } from '../../behaviour/codeowners-errors.ts'
import { readBlob, readTree, resolvePath, type TreeEntry } from '../../git/objects.ts'
import { resolveRevision } from '../../git/references.ts'
import { repositoryPage, repositoryUrl } from '../../present/repository.ts'
import { type Json, textAt } from '../../state/json.ts'
import { ok, parameter, type Reply, type RepositoryCall, type Route } from '../call.ts'

/** GitHub gives larger files in the raw media type only ("Get repository content"). */
const largestInline = 1024 * 1024
const longestListing = 1000

interface Place {
  readonly commit: string
  readonly path: string
}

function presentEntry(call: RepositoryCall, at: Place, entry: TreeEntry): Json {
  const { world, repository } = call
  const types = { tree: 'dir', commit: 'submodule', blob: entry.mode === '120000' ? 'symlink' : 'file' }
  const path = at.path.split('/').map(encodeURIComponent).join('/')
  const kind = entry.type === 'tree' ? 'trees' : 'blobs'
  const self = `${repositoryUrl(world, repository)}/contents/${path}?ref=${at.commit}`
  const git = `${repositoryUrl(world, repository)}/git/${kind}/${entry.sha}`
  const html = `${repositoryPage(world, repository)}/${entry.type === 'tree' ? 'tree' : 'blob'}/${at.commit}/${path}`
  return {
    type: types[entry.type],
    name: at.path.split('/').at(-1) ?? '',
    path: at.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    git_url: git,
    html_url: html,
    download_url:
      entry.type === 'blob' ? `${repositoryPage(world, repository)}/raw/${at.commit}/${path}` : null,
    _links: { self, git, html },
  }
}

async function readContents(call: RepositoryCall): Promise<Reply> {
  const { directory, defaultBranch } = call.repository
  const commit = await resolveRevision(directory, textAt(call.query, 'ref') ?? defaultBranch)
  const path = parameter(call, 'path').replace(/^\/+|\/+$/g, '')
  if (commit === undefined) throw notFound()
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  const found = await resolvePath(directory, commit, parent)
  const folder = found && (await resolveRevision(directory, found, 'tree'))
  if (!folder) throw notFound()
  const siblings = await readTree(directory, folder, 'flat')
  const entry = siblings.find((candidate) => candidate.path === path.split('/').at(-1))
  if (!entry) throw notFound()
  if (entry.type !== 'tree') return readFile(call, { commit, path }, entry)
  const children = await readTree(directory, entry.sha, 'flat')
  return ok(
    children
      .slice(0, longestListing)
      .map((child) => presentEntry(call, { commit, path: `${path}/${child.path}` }, child)),
  )
}

async function readFile(call: RepositoryCall, at: Place, entry: TreeEntry): Promise<Reply> {
  const shown = presentEntry(call, at, entry)
  if (entry.type === 'commit') return ok({ ...shown, submodule_git_url: null })
  const bytes = (await readBlob(call.repository.directory, entry.sha)) ?? Buffer.alloc(0)
  if (entry.mode === '120000') return ok({ ...shown, target: bytes.toString() })
  if (call.accept.includes('raw')) return { status: 200, raw: { type: 'application/vnd.github.raw', bytes } }
  if (bytes.length > largestInline) return ok({ ...shown, content: '', encoding: 'none' })
  return ok({ ...shown, content: bytes.toString('base64').replace(/(.{60})/g, '$1\n'), encoding: 'base64' })
}

async function readCodeownersErrors(call: RepositoryCall): Promise<Reply> {
  const { directory, defaultBranch } = call.repository
  const commit = await resolveRevision(directory, textAt(call.query, 'ref') ?? defaultBranch)
  const errors = commit && (await codeownersErrors(call.world, call.repository, commit))
  if (!errors) throw notFound()
  return ok({ errors })
}

/** Files by path, and what GitHub says about CODEOWNERS. */
export const contentRoutes: readonly Route[] = [
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/contents/{path}',
    permission: 'contents',
    level: 'read',
    run: readContents,
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/codeowners/errors',
    permission: 'contents',
    level: 'read',
    run: readCodeownersErrors,
  },
]
