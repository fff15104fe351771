import { budgets } from '../../domain/budgets.ts'
import type { InstallationFacts } from '../../domain/installation/facts.ts'
import {
  type Codeowners,
  findCodeowners,
  isCodeownersPath,
  parseCodeowners,
} from '../../domain/ownership/codeowners.ts'
import type { FileStore } from '../../git/file-store.ts'
import { readFiles } from '../../git/read-files.ts'
import { checkNameFor } from '../checks/check-name.ts'
import { readCodeownersErrors } from '../trees/codeowners-errors.ts'
import { createGitHubTrees, createObjectCache } from '../trees/trees.ts'
import type { Asked } from './asked.ts'
import { readBranchFacts } from './branch-rules.ts'
import { readAppId, readInstalled } from './installed.ts'
import { readLastDeliveries } from './last-deliveries.ts'
import { readCodeownersFacts } from './owners.ts'

/** The repository as it is now. */
export interface ExaminedRepository {
  readonly facts: Omit<InstallationFacts, 'mesh'>
  /** The files of its default branch. */
  readonly store: FileStore
}

/** Reads everything but the mesh, by the name that the repository has now; refusals are facts, and what fails otherwise is thrown. */
export async function readInstallation(named: Asked, appId?: number): Promise<ExaminedRepository> {
  const { data: repository } = await named.client.rest.repos.get({ owner: named.owner, repo: named.repo })
  const asked = { ...named, owner: repository.owner.login, repo: repository.name }
  const { client, owner, repo } = asked
  const branch = repository.default_branch
  const { data: tip } = await client.rest.repos.getBranch({ owner, repo, branch })
  const store = storeAt(asked, tip.commit.sha)
  const check = checkNameFor(branch, branch)
  const app = await readAppId({ ...asked, check }, appId)
  const isOrganization = repository.owner.type === 'Organization'
  const installed = await readInstalled({ ...asked, isOrganization }, app)
  const isThere = 'known' in installed && installed.known.kind === 'there'
  const [rules, codeowners, deliveries] = await Promise.all([
    readBranchFacts({ ...asked, branch, check }),
    readOwnership(asked, store, tip.commit.sha),
    readLastDeliveries(asked, isThere),
  ])
  return {
    facts: {
      repository: repository.full_name,
      branch,
      check,
      app,
      installed,
      rules,
      deliveries,
      ...(codeowners && { codeowners }),
    },
    store,
  }
}

function storeAt({ client, owner, repo }: Asked, commit: string): FileStore {
  const trees = createGitHubTrees(client, { owner, repo, installation: 0 }, { cache: createObjectCache() })
  return { listing: () => trees.listing(commit), blob: trees.blob }
}

async function readOwnership(asked: Asked, store: FileStore, commit: string) {
  const { client, owner, repo } = asked
  const codeowners = await codeownersIn(store)
  if (codeowners === undefined) return undefined
  const reading = await readCodeownersErrors(client, { owner, repo, installation: 0 }, commit)
  return readCodeownersFacts(asked, codeowners, reading)
}

async function codeownersIn(store: FileStore): Promise<Codeowners | undefined> {
  const { files } = await readFiles({
    listing: await store.listing(),
    wanted: isCodeownersPath,
    blob: store.blob,
    most: budgets.localFiles.size,
  })
  const file = findCodeowners(files)
  return file && parseCodeowners(file)
}
