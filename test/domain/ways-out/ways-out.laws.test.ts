import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assess, type Proposal } from '../../../src/domain/assess.ts'
import type { Request } from '../../../src/domain/match/request.ts'
import type { Judgement } from '../../../src/domain/policy/judgement.ts'
import { type EffectiveRoute, supplierOf } from '../../../src/domain/routing/route-table.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import type { WayOut } from '../../../src/domain/ways-out/way-out.ts'
import { waysOut } from '../../../src/domain/ways-out/ways-out.ts'
import { runs } from '../../support/laws.ts'
import { nameOf, routeInOrder, tableForRequest } from '../../support/reference.ts'
import { bookinfoEdit } from './edits-arbitrary.ts'
import { proposalOf } from './proposal.ts'

const numRuns = runs(30, 3_000)

/** The edit as an editor would make it: whole lines, each with whatever ends it. */
function byHand(text: string, { edit }: WayOut): string {
  const lines = text.split(/(?<=\n)/)
  return [...lines.slice(0, edit.first - 1), edit.text, ...lines.slice(edit.last)].join('')
}

function after(proposal: Proposal, way: WayOut): Proposal {
  const { path } = way.edit.file
  const merged = proposal.merged.map(
    (file): SourceFile => (file.path === path ? { path, text: byHand(file.text, way) } : file),
  )
  return proposalOf(proposal.base, merged)
}

function blocking({ findings }: Judgement): readonly string[] {
  return findings
    .filter(({ status, effect }) => status === 'introduced' && effect === 'block')
    .map(({ rule, resource, fingerprint }) => JSON.stringify([rule, resource, fingerprint]))
}

function editedFiles({ changed }: Proposal): ReadonlySet<string> {
  return new Set(changed.map(({ path }) => path))
}

const tried = [
  '/login',
  '/login/reset',
  '/loginx',
  '/logout',
  '/log',
  '/logs',
  '/logs/x',
  '/logbook',
  '/lo',
  '/x',
]

function ask(path: string): Request {
  return { method: 'GET', scheme: 'http', authority: 'a.example', path, headers: {} }
}

function answer(
  { comparison }: Judgement,
  side: 'base' | 'merged',
  path: string,
): EffectiveRoute | undefined {
  const tables = comparison[side].meshes.flatMap((mesh) => mesh.tables)
  const gateway = 'default/bookinfo-gateway'
  const table = tableForRequest(tables, gateway, ask(path))
  const order = (table?.contributions ?? []).map((each) => nameOf(each.virtualService))
  return routeInOrder(table, order, ask(path))
}

/** The files whose VirtualServices answer one of the requests otherwise than on the base side, or not any more. */
function disturbed(judgement: Judgement): ReadonlySet<string> {
  const paths = tried.flatMap((path) => {
    const [base, merged] = [answer(judgement, 'base', path), answer(judgement, 'merged', path)]
    if (base?.outcome.key === merged?.outcome.key) return []
    return [base, merged].flatMap((route) => (route === undefined ? [] : [supplierOf(route).file.path]))
  })
  return new Set(paths)
}

it('a way out leaves what it resolves gone, leaves out whom it leaves out, and makes nothing worse', () => {
  let found = 0
  fc.assert(
    fc.property(bookinfoEdit, ([base, merged]) => {
      const proposal = proposalOf(base, merged)
      const judgement = assess(proposal)
      for (const way of waysOut(proposal, judgement)) {
        found += 1
        const then = assess(after(proposal, way))
        const left = blocking(then)

        expect(then.obstructions).toEqual([])
        expect(left.filter((each) => !blocking(judgement).includes(each))).toEqual([])
        for (const { rule, resource, fingerprint } of way.resolves)
          expect(left).not.toContain(JSON.stringify([rule, resource, fingerprint]))
        const asked = then.requirements.map(({ team }) => team.key)
        for (const { key } of way.leavesOut) expect(asked).not.toContain(key)
        if (way.others.length > 0) continue
        const own = new Set([...editedFiles(proposal), ...editedFiles(after(proposal, way))])
        expect([...disturbed(then)].filter((path) => !own.has(path))).toEqual([])
      }
    }),
    { numRuns },
  )
  expect(found).toBeGreaterThan(0)
})

it('a file keeps its line ends', () => {
  fc.assert(
    fc.property(bookinfoEdit, ([base, merged]) => {
      const proposal = proposalOf(base, merged)
      for (const way of waysOut(proposal, assess(proposal))) {
        const { text } = way.edit.file
        const edited = byHand(text, way)

        expect(/(?<!\r)\n/.test(edited)).toBe(/(?<!\r)\n/.test(text))
        expect(edited).not.toMatch(/\n\r?\n/)
      }
    }),
    { numRuns: runs(5, 1_000) },
  )
})

it('equal proposals have equal ways out', () => {
  fc.assert(
    fc.property(bookinfoEdit, ([base, merged]) => {
      const [one, other] = [proposalOf(base, merged), proposalOf(base, merged)]

      expect(waysOut(other, assess(other)).map(({ edit }) => edit)).toEqual(
        waysOut(one, assess(one)).map(({ edit }) => edit),
      )
    }),
    { numRuns: runs(3, 600) },
  )
})
