import { parseAllDocuments } from 'yaml'
import { assess, type Proposal } from '../src/domain/assess.ts'
import { bestOf } from './best-of.ts'
import { filesOf } from './large-mesh.ts'

/** What judging one changed file among many costs, in one run on one machine. */
export interface JudgeBenchmark {
  readonly name: string
  /** How many times what the library `yaml` needs to parse one side once: files that nobody has read before. */
  readonly cold: number
  /** The same where the files of the base side were read before, as in an App that still holds them. */
  readonly warm: number
}

const services = 200
const routes = 10

function virtualService(at: number, timeout: string) {
  const entries = Array.from(
    { length: routes },
    (_, route) =>
      `    - match: [{ uri: { prefix: /part-${route}/ } }]\n      timeout: ${timeout}\n      route: [{ destination: { host: service-${at} } }]\n`,
  )
  return {
    path: `teams/team-${at % 20}/service-${at}.yaml`,
    text: `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: service-${at}, namespace: shop }\nspec:\n  hosts: [service-${at}.example]\n  gateways: [shop/entry]\n  http:\n${entries.join('')}`,
  }
}

function sideOf(timeoutOfFirst: string) {
  return Array.from({ length: services }, (_, at) => virtualService(at, at === 0 ? timeoutOfFirst : '1s'))
}

function judge(base: Proposal['base']): void {
  const merged = sideOf('2s')
  const [changed] = merged
  if (changed === undefined) throw new Error('There are no services')
  const rest = { obstructions: [], draft: false, today: '2026-01-01' }
  const { comparison } = assess({ base, merged, changed: [{ path: changed.path, merged: changed }], ...rest })
  if (comparison.changes.length === 0) throw new Error('A change was lost')
}

/** Judges a change of one VirtualService of 200. */
export function benchJudge(): JudgeBenchmark {
  const texts = sideOf('1s').map(({ text }) => text)
  const { milliseconds: parsing } = bestOf(() => texts.map((text) => parseAllDocuments(text)))
  const cold = bestOf(() => judge(sideOf('1s')))
  const base = sideOf('1s')
  judge(base)
  const warm = bestOf(() => judge(base))
  return {
    name: `one change among ${services} VirtualServices of ${routes} routes`,
    cold: cold.milliseconds / parsing,
    warm: warm.milliseconds / parsing,
  }
}

/** What one changed secondary costs an App that has judged the same mesh before: processor time. */
export function benchWarm(): readonly { readonly name: string; readonly milliseconds: number }[] {
  return [20, 200].map((primaries) => {
    const side = (isChanged: boolean) =>
      [...filesOf({ primaries, secondaries: 50, routes: 10 }, isChanged)].flatMap(([path, text]) =>
        path.endsWith('.yaml') ? [{ path, text }] : [],
      )
    const base = side(false)
    const at = side(true).findIndex(({ text }, each) => text !== base[each]?.text)
    const [before] = base.slice(at)
    if (before === undefined) throw new Error('There are no services')
    let seconds = 1
    const again = () => {
      seconds += 1
      const file = {
        path: before.path,
        text: before.text.replace('      route:', `      timeout: ${seconds}s\n      route:`),
      }
      const changed = [{ path: file.path, base: before, merged: file }]
      const rest = { obstructions: [], draft: false, today: '2026-01-01' }
      if (assess({ base, merged: base.with(at, file), changed, ...rest }).comparison.changes.length === 0)
        throw new Error('A change was lost')
    }
    again()
    const name = `warm evaluation, ${primaries * 51} VirtualServices`
    return { name, milliseconds: bestOf(again).milliseconds }
  })
}
