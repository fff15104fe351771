import { resolve } from 'node:path'
import { evaluate } from './app/evaluate.ts'
import { readApiOptions } from './commands/given/api-options.ts'
import { membersOf } from './commands/given/members.ts'
import { proposalOf } from './commands/given/proposal.ts'
import { directoryStore } from './commands/given/side.ts'
import { UserError } from './commands/user-error.ts'
import { createContents, isDirectory } from './git/directory.ts'
import { createHelm } from './helm/helm.ts'
import { checkJson } from './report/page/json/check-json.ts'
import type { Check } from './report/page/json/contract.ts'

export { UserError } from './commands/user-error.ts'
export type * from './report/page/json/contract.ts'

/** Two folders of manifests, and who is said to have agreed. */
export interface AssessOptions {
  /** The folder into which it would be merged; its CODEOWNERS and configuration judge. */
  readonly base: string
  /** The folder that would be merged, compared as it is. */
  readonly head: string
  /** Who proposes it. Without an author nobody has consented, and findings alone decide. */
  readonly author?: string
  /** Who has approved it. */
  readonly approvedBy?: readonly string[]
  /** Who is in which team: `{ '@org/team': ['login'] }`. A team that is not named satisfies nobody. */
  readonly members?: Readonly<Record<string, readonly string[]>>
  /** Look for what is wrong on both sides, too. */
  readonly existing?: boolean
  /** `YYYY-MM-DD`: the day by which suppressions expire; today in UTC unless told. */
  readonly today?: string
  /** Where helm is looked for, as in PATH; nowhere unless told, and charts are then not rendered. */
  readonly path?: string
}

/** The same verdict as `firebreak check --format json`. Throws a `UserError` where a folder, or an option, cannot be read. */
export async function assess(given: AssessOptions): Promise<Check> {
  const options = readApiOptions(given)
  const { author, approvedBy = [], existing = false, today = new Date().toISOString().slice(0, 10) } = options
  const members = membersOf(options.members ?? {})
  const contents = createContents()
  const [base, store] = [await folder(options.base, contents), await folder(options.head, contents)]
  const { proposal, pull, source } = await proposalOf(
    {
      base: options.base,
      head: options.head,
      approvedBy,
      members,
      charts: createHelm({ path: options.path ?? '' }),
      ...(author !== undefined && { author }),
    },
    { base, merged: { kind: 'files', store } },
  )
  const { assessment } = await evaluate({ ...proposal, today, existing }, source, pull.head)
  return checkJson(assessment)
}

async function folder(
  named: string,
  contents: ReturnType<typeof createContents>,
): Promise<ReturnType<typeof directoryStore>> {
  const path = resolve(named)
  if (!(await isDirectory(path))) throw new UserError(`${named} is no directory that can be read.`)
  return directoryStore({ path, naming: 'content', contents })
}
