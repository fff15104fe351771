import type { Proposal } from '../../../src/domain/assess.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import type { SourceFile } from '../../../src/domain/source/source-file.ts'

const codeowners = parseCodeowners({
  path: '.github/CODEOWNERS',
  text: '/mesh/ @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n',
})

/** Two sides as they are proposed where three teams own the Bookinfo mesh. */
export function proposalOf(base: readonly SourceFile[], merged: readonly SourceFile[]): Proposal {
  const before = new Map(base.map((file) => [file.path, file]))
  const after = new Map(merged.map((file) => [file.path, file]))
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  const changed = paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)]
    return old?.text === now?.text ? [] : [{ path, ...(old && { base: old }), ...(now && { merged: now }) }]
  })
  return { base, merged, changed, codeowners, obstructions: [], draft: false, today: '2026-01-02' }
}
