import { z } from 'zod'
import type { Kept } from './kept-verdicts.ts'

const texts = z.array(z.string())

const requests = z.object({
  requests: z.string(),
  teams: texts,
  before: z.string(),
  after: z.string(),
  example: z.string().exactOptional(),
  certain: z.boolean(),
})

const finding = z.object({
  rule: z.string(),
  message: z.string(),
  file: z.string().exactOptional(),
  line: z.int().exactOptional(),
})

const verdict = z.object({
  verdict: z.enum(['ok', 'perhaps-own', 'would-wait', 'blocked', 'undecided']),
  title: z.string(),
  teams: texts,
  asked: z.array(z.object({ team: z.string(), because: texts })),
  dropped: z.array(requests),
  spills: z.array(requests),
  findings: z.array(finding),
})

const shape: z.ZodType<Kept> = z.union([z.literal('untouched'), verdict])

/** What is kept in a file, which anybody may have written; undefined where a value is something else. */
export function readKept(value: unknown): Kept | undefined {
  return shape.safeParse(value).data
}
