import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, StringMatch, VirtualService } from '../manifest/virtual-service.ts'
import type { Judgement } from '../policy/judgement.ts'

/** The same VirtualService on the base side, if it is there. */
export function onBase(
  { comparison }: Judgement,
  mesh: string,
  virtualService: VirtualService,
): VirtualService | undefined {
  const name = identityOf(virtualService)
  return comparison.base.meshes
    .find((each) => each.name === mesh)
    ?.virtualServices.find((each) => identityOf(each) === name)
}

function matchesOf(virtualService: VirtualService | undefined): readonly HTTPMatchRequest[] {
  return (virtualService?.spec.http ?? []).flatMap((entry) => entry.match ?? [])
}

/** Whether no entry of the VirtualService on the base side has this match. */
export function isNew(match: HTTPMatchRequest, base: VirtualService | undefined): boolean {
  const key = canonicalJson(match)
  return matchesOf(base).every((each) => canonicalJson(each) !== key)
}

/** The paths that the base side matches and the merged side does not any more, each once. */
export function goneUris(base: VirtualService | undefined, merged: VirtualService): readonly StringMatch[] {
  const left = new Set(matchesOf(merged).map(({ uri }) => canonicalJson(uri ?? null)))
  const gone = matchesOf(base).flatMap(({ uri }) =>
    uri === undefined || left.has(canonicalJson(uri)) ? [] : [[canonicalJson(uri), uri] as const],
  )
  return [...new Map(gone).values()]
}
