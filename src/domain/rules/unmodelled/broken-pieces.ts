import type { Comparison } from '../../diff/comparison.ts'
import { meshFilesOf } from '../../manifest/files/mesh-files.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { isKustomizationFile } from '../../manifest/layers/layer-files.ts'
import { byPath } from '../../manifest/layers/layers.ts'
import { failsPiece, type Piece, piecesIn } from '../../manifest/layers/pieces.ts'
import type { SideFiles } from '../../manifest/layers/side-files.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import { distinctTeams, unowned } from '../../ownership/team.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { pathOf } from '../../terms/code.ts'
import { briefly } from '../../words/few-of.ts'
import { say, words } from '../../words/phrase.ts'
import { meshOfPath } from '../input/mesh-of-path.ts'
import type { Fault } from '../rule.ts'

/**
 * Files that newly fail what is delivered in one piece with them: the cluster keeps what it has of all the others, and
 * whatever their owners change does not arrive. Where something failed the piece before, nothing is new.
 */
export function* brokenPieces({ base, merged, ownership }: Comparison): Iterable<Fault> {
  const before = byPath(base.manifests.files)
  const changed = merged.manifests.files.filter(
    (file) => before.get(file.path)?.text !== file.text && mayFail(file),
  )
  if (changed.length === 0) return
  const piecesWith = piecesIn(sideOf(merged.manifests))
  for (const file of changed) {
    const old = before.get(file.path)
    const pieces = piecesWith(file.path).filter(
      (piece) => failsPiece(file, piece.by) && !wasBroken(piece, old, before),
    )
    const mesh = [...new Set(pieces.flatMap((piece) => piece.mesh))].filter((path) => path !== file.path)
    const teams = distinctTeams(mesh.map((path) => ownership.ownersOf(path)))
    const known = teams.filter(({ key }) => key !== unowned.key)
    const fault = {
      code: 'unmodelled-change.broken-piece' as const,
      clause: say`${pathOf(file.path)} cannot be built, and nothing of what is delivered together with it arrives any more`,
      range: { file, start: 0, end: 0 },
      because: [
        {
          clause: say`With it go ${briefly(mesh.map(pathOf))}`,
          rest: words('; the cluster keeps what it has of them'),
        },
      ],
      todo: words('Repair the file, or keep it out of what is delivered'),
      resource: '',
      mesh: meshOfPath(merged, file.path),
    }
    const fingerprint = ['broken piece', file.path]
    if (known.length > 0)
      yield {
        ...fault,
        fingerprint: canonicalJson(fingerprint),
        teams: known.toSorted((a, b) => compareTexts(a.key, b.key)),
      }
    if (known.length < teams.length)
      yield { ...fault, fingerprint: canonicalJson([...fingerprint, 'administrators']) }
  }
}

function mayFail(file: SourceFile): boolean {
  if (isKustomizationFile(file.path) || !/\.(?:ya?ml|json)$/.test(file.path)) return false
  return failsPiece(file, 'kustomize') || failsPiece(file, 'argo-cd')
}

function sideOf(manifests: Manifests): SideFiles {
  const mesh = new Map([...meshFilesOf(manifests), ...(manifests.partly ?? [])].map((path) => [path, []]))
  return { files: byPath(manifests.files), mesh, links: new Map() }
}

function wasBroken(
  { by, files }: Piece,
  old: SourceFile | undefined,
  before: ReadonlyMap<string, SourceFile>,
): boolean {
  if (old !== undefined && failsPiece(old, by)) return true
  return files.flatMap(({ path }) => before.get(path) ?? []).some((each) => failsPiece(each, by))
}
