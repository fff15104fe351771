/** The path from the root of the repository that `path` means in `folder`; undefined where it leads out of the repository. */
export function joined(folder: string, path: string): string | undefined {
  const parts: string[] = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

/** Whether Kustomize would fetch `path` as a file. */
export function isRemoteFile(path: string): boolean {
  return /^https?:/i.test(path)
}

const schemes = /^(?:ssh|https?|file):\/\//i

/**
 * Whether Kustomize takes `path` for a repository that it clones: a URL, `git@host:org/repo`, `github.com/org/repo`. That comes
 * before it looks for a folder of that name.
 */
export function isRepository(path: string): boolean {
  if (path.startsWith('/')) return false
  const address = (path.split('?')[0] ?? '').replace(/^git::/i, '')
  const scheme = schemes.exec(address)?.[0].toLowerCase() ?? ''
  const named = address.slice(scheme.length)
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(named)?.[0] ?? ''
  const rest = named.slice(user.length)
  const isGithub = /^github\.com[/:]/i.test(rest)
  const likeScp = scheme === '' && (user !== '' || isGithub)
  if (scheme === '' && !likeScp) return false
  if (scheme === 'file://') return namesRepository(user + rest, 0)
  const host = hostLength(rest, likeScp)
  return (host > 0 || isGithub) && namesRepository(rest.slice(host), 2)
}

function hostLength(rest: string, likeScp: boolean): number {
  const slash = rest.indexOf('/')
  const colon = likeScp ? rest.indexOf(':') : -1
  return likeScp && (slash === -1 || (colon > 0 && colon < slash))
    ? colon + 1
    : slash === -1
      ? rest.length
      : slash + 1
}

/** Whether a repository is named, and nothing outside of it; `segments`: how many make one that is not marked, 0 all. */
function namesRepository(path: string, segments: number): boolean {
  const marked =
    /^(?<repo>.*?_git\/[^/]*)(?<below>.*)$/s.exec(path) ?? /^(?<repo>.*?)\/\/(?<below>.*)$/s.exec(path)
  const found = marked ?? /^(?<repo>.*?\.git)(?<below>.*)$/s.exec(path)
  if (found !== null)
    return (found.groups?.['repo'] ?? '') !== '' && !leavesRoot(found.groups?.['below'] ?? '')
  const parts = path.split('/')
  if (segments === 0) return path !== ''
  if (parts.length < segments) return false
  return parts.slice(0, segments).join('/') !== '' && !leavesRoot(parts.slice(segments).join('/'))
}

function leavesRoot(path: string): boolean {
  return joined('', path.replace(/^\//, '')) === undefined
}
