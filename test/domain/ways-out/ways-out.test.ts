import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess, type Proposal } from '../../../src/domain/assess.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'
import type { Candidate, Generator } from '../../../src/domain/ways-out/candidate.ts'
import { applyEdit } from '../../../src/domain/ways-out/edit.ts'
import { giveInPrimary } from '../../../src/domain/ways-out/give-in-primary.ts'
import { narrowMatch } from '../../../src/domain/ways-out/narrow-match.ts'
import { restoreMatch } from '../../../src/domain/ways-out/restore-match.ts'
import { restoreOrder } from '../../../src/domain/ways-out/restore-order.ts'
import { takeOutConflict } from '../../../src/domain/ways-out/take-out-conflict.ts'
import { takeOutIntruder } from '../../../src/domain/ways-out/take-out-intruder.ts'
import { waysOut } from '../../../src/domain/ways-out/ways-out.ts'
import { sentence } from '../../support/said.ts'
import { splitFiles } from '../rules/read-case.ts'
import { proposalOf } from './proposal.ts'

const generators: Readonly<Record<string, Generator>> = {
  'give-in-primary': giveInPrimary,
  'narrow-match': narrowMatch,
  'restore-match': restoreMatch,
  'restore-order': restoreOrder,
  'take-out-conflict': takeOutConflict,
  'take-out-intruder': takeOutIntruder,
}

const here = import.meta.dirname

function read(folder: string, name: string): readonly SourceFile[] {
  return splitFiles(readFileSync(`${here}/${folder}/${name}.yaml`, 'utf8'), `${name}.yaml`)
}

function printedCandidate({ step, edit }: Candidate): string {
  const what = step.kind === 'give' ? { ...step, to: step.to.name } : step
  const lines = edit.text === '' ? [] : edit.text.replace(/\n$/, '').split('\n')
  return [
    `${edit.file.path}, lines ${edit.first} to ${edit.last}: ${JSON.stringify(what)}`,
    ...lines.map((line) => `  | ${line}`),
  ].join('\n')
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ')
}

function printedWays(proposal: Proposal, mine: readonly Candidate[]): readonly string[] {
  const key = ({ edit }: Candidate): string => JSON.stringify([edit.first, edit.last, edit.text])
  const keys = mine.map(key)
  return waysOut(proposal, assess(proposal))
    .filter((way) => keys.includes(key(way)))
    .map((way) => {
      const changes = way.changes.map(({ kind, witness }) => `${kind} ${witness?.path ?? '?'}`)
      return [
        `a way out: candidate ${keys.indexOf(key(way)) + 1}`,
        `  resolves    ${list(way.resolves.map(({ rule }) => rule))}`,
        `  leaves out  ${list(way.leavesOut.map(({ label }) => label))}`,
        `  changes     ${list(changes)}`,
        `  asks        ${list(way.requirements.map(({ team }) => team.label))}`,
        `  affects     ${list(way.others.map(({ label }) => label))}`,
      ].join('\n')
    })
}

describe.each(Object.entries(generators))('%s', (folder, generator) => {
  const names = readdirSync(`${here}/${folder}`)
    .filter((name) => name.endsWith('.base.yaml'))
    .map((name) => name.replace('.base.yaml', ''))

  it.each(names)('%s', async (name) => {
    const proposal = proposalOf(read(folder, `${name}.base`), read(folder, name))
    const candidates = generator(assess(proposal))
    const ways = printedWays(proposal, candidates)

    const text = [
      ...(candidates.length === 0 ? ['no candidate'] : candidates.map(printedCandidate)),
      ...(ways.length === 0 && candidates.length > 0 ? ['none of them is a way out'] : ways),
    ].join('\n\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`${here}/${folder}/${name}.expected.txt`)
  })
})

describe('what is not tried', () => {
  const base = read('take-out-conflict', 'third-match.base')
  const merged = read('take-out-conflict', 'third-match')

  it('is anything where nothing blocks and nobody else is asked', () => {
    const proposal = proposalOf(base, base)

    expect(waysOut(proposal, assess(proposal))).toEqual([])
  })

  it('is anything where no verdict is possible', () => {
    const proposal: Proposal = {
      ...proposalOf(base, merged),
      obstructions: [{ kind: 'conflict', code: 'conflict', ...sentence('Resolve the conflict') }],
    }

    expect(waysOut(proposal, assess(proposal))).toEqual([])
  })

  it('is anything where the manifests are large', () => {
    const large = { path: 'large.yaml', text: `# ${'x'.repeat(2_000_000)}\n` }
    const small = proposalOf(base, merged)
    const proposal: Proposal = { ...small, base: [...base, large], merged: [...merged, large] }

    expect(waysOut(small, assess(small))).not.toEqual([])
    expect(waysOut(proposal, assess(proposal))).toEqual([])
  })

  it('keeps the line ends of a file', () => {
    const crlf = (files: readonly SourceFile[]) =>
      files.map(({ path, text }) => ({ path, text: text.replaceAll('\n', '\r\n') }))
    const proposal = proposalOf(crlf(base), crlf(merged))
    const ways = waysOut(proposal, assess(proposal))

    expect(ways.map(({ step }) => step.kind)).toEqual(['take-out', 'give'])
    for (const { edit } of ways) expect(applyEdit(edit).text).not.toMatch(/(?<!\r)\n/)
  })

  it('needs no CODEOWNERS to tell what blocks', () => {
    const { codeowners: _, ...proposal } = proposalOf(base, merged)

    expect(waysOut(proposal, assess(proposal)).map(({ step }) => step.kind)).toEqual(['take-out', 'give'])
  })
})
