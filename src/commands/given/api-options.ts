import { z } from 'zod'
import { UserError } from '../user-error.ts'

const folder = z.string().min(1, 'it is empty')
const name = z.string().min(1, 'it is empty')

/** What `assess` takes, checked as it comes: who calls it may have no types. */
const options = z.strictObject({
  base: folder,
  head: folder,
  author: name.optional(),
  approvedBy: z.array(name).optional(),
  members: z.record(z.string(), z.array(z.string())).optional(),
  existing: z.boolean().optional(),
  today: z.iso.date().optional(),
  path: z.string().optional(),
})

/** The options of the API, or what is wrong with them: one that is not understood would be one that is not followed. */
export function readApiOptions<Options>(given: Options): Options {
  const [issue] = options.safeParse(given).error?.issues ?? []
  if (issue === undefined) return given
  const where =
    issue.path.length === 0 ? 'What assess is given' : `The option ${issue.path.join('.')} of assess`
  throw new UserError(`${where} is not what is wanted: ${issue.message}.`)
}
