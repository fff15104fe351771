import type { Assessment } from '../../src/domain/policy/judgement.ts'
import type { PageTools } from '../../src/report/page/frame.ts'
import { placed } from '../../src/report/page/graph/layout.ts'
import { htmlPage } from '../../src/report/page/html.ts'

/** For a page that is read and does not run. */
export const bare: PageTools = { script: '', sha256: () => '', placed }

/** The page of a check as it is read, without what runs in it. */
export function barePage(assessment: Assessment): string {
  return htmlPage(assessment, { waysOut: [] }, bare)
}
