/** What a repository is called in addresses: `ssh://git@host/owner/repo.git`, `git@host:owner/repo` and `https://host/owner/repo` are one. */
export function addressOf(url: string): string {
  return url
    .toLowerCase()
    .replace(/^\w+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/:(?:\d+\/)?/, '/')
    .replace(/(?:\.git)?\/*$/, '')
}

/** The last two steps of an address: the owner and the repository, whatever the host is called. */
export function ownerAndRepo(address: string): string {
  return address.split('/').slice(-2).join('/')
}

/** The same of a whole address, in lower case; absent where none is written, or a part is left to be filled in. */
export function repositoryNamed(url: string | undefined): string | undefined {
  return url === undefined || url === '' || /\{\{|\$\{/.test(url) ? undefined : ownerAndRepo(addressOf(url))
}
