import { within, workOf } from '../domain/language/string-set.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import type { WayOut } from '../domain/ways-out/way-out.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { ownPackage } from '../package-file.ts'
import { pageTools } from '../page-script.ts'
import { titledSummary } from '../report/github/check-summary.ts'
import { sarifLog } from '../report/github/sarif.ts'
import { trafficMarkdown } from '../report/github/traffic-markdown.ts'
import { workflowCommands } from '../report/github/workflow-commands.ts'
import { checkJson } from '../report/page/json/check-json.ts'
import { trafficJson } from '../report/page/json/traffic-json.ts'
import { terminalCheck } from '../report/page/text/check-text.ts'
import { viewOf } from '../report/sentences/view.ts'
import type { Checked } from './evaluate-locally.ts'
import type { Terminal } from './terminal.ts'

/** The forms of a verdict on this machine. */
export const formats = ['text', 'json', 'markdown', 'sarif', 'html', 'github'] as const
export type Format = (typeof formats)[number]

/** A verdict in one of its forms. */
export async function printCheck(checked: Checked, format: Format, terminal: Terminal): Promise<string> {
  if (format === 'html') return page(checked)
  const ways = format === 'text' || format === 'markdown' ? checked.ways() : []
  return within(workOf('saying'), () => printed({ ...checked, ways }, format, terminal))
}

type Tried = Omit<Checked, 'ways'> & { readonly ways: readonly WayOut[] }

function printed(checked: Tried, format: Exclude<Format, 'html'>, terminal: Terminal): string {
  const { assessment, ways, traffic } = checked
  switch (format) {
    case 'text':
      return terminalCheck(assessment, terminal, ways, traffic)
    case 'json':
      return `${visibleJson({ ...checkJson(assessment), ...(traffic && { traffic: trafficJson(traffic, assessment) }) }, 2)}\n`
    case 'markdown':
      return markdown(checked)
    case 'sarif':
      return `${visibleJson(sarifLog(assessment, ownPackage()), 2)}\n`
    case 'github':
      return workflowCommands(assessment)
    default:
      return assertNever(format)
  }
}

/** Loaded where it is asked for: what lays a page out is needed by nothing else. */
async function page({ assessment, ways, traffic }: Checked): Promise<string> {
  const [{ htmlPage }, tools] = await Promise.all([import('../report/page/html.ts'), pageTools()])
  const waysOut = ways()
  return within(workOf('saying'), () => htmlPage(assessment, { waysOut, traffic }, tools))
}

/** The summary of the check run below its title, from here, where nobody's review is requested. Of two commits the last line names both. */
function markdown({ assessment, pull: { head, base }, ways, traffic }: Tried): string {
  const view = viewOf(assessment, ways)
  const hasCommits = head.sha !== head.branch
  const compared = { baseBranch: base.branch, baseTip: base.tip, headSha: head.sha }
  return titledSummary(view, {
    isRequested: () => false,
    ...(traffic && { notes: [trafficMarkdown(traffic, view)] }),
    ...(hasCommits && { compared }),
  })
}
