import type { Comparison } from '../../../diff/comparison.ts'
import { unmetered } from '../../../language/string-set.ts'
import { canonicalJson } from '../../../manifest/json.ts'
import { identityOf } from '../../../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../../../manifest/virtual-service.ts'
import { isWithin, mayOccur } from '../../../match/box.ts'
import type { ConditionOptions } from '../../../match/conditions.ts'
import { arrivingUniverse } from '../../../match/dimensions.ts'
import { boxOf } from '../../../reach/agreed-requests.ts'

/**
 * The matches of the base side whose requests a VirtualService does not ask for any more once its matches `apart` are
 * taken out: what they have replaced. None where it did not exist, or asks for everything.
 */
export function givenUp(
  virtualService: VirtualService,
  { base, mesh, apart, options }: GivenUpContext,
): readonly HTTPMatchRequest[] {
  const before = base.meshes
    .find(({ name }) => name === mesh)
    ?.virtualServices.find((each) => identityOf(each) === identityOf(virtualService))
  const entries = virtualService.spec.http ?? []
  if (before === undefined || entries.some(({ match }) => (match ?? []).length === 0)) return []
  const written = entries.flatMap(({ match = [] }) => match)
  const same = new Set(written.map(canonicalJson))
  const kept = written.filter((match) => !apart.includes(match))
  const reading = { ...options, work: unmetered }
  const space = { universe: arrivingUniverse(options.pathNormalization), work: unmetered }
  const boxes = kept.flatMap((match) => boxOf(match, reading) ?? [])
  return (before.spec.http ?? [])
    .flatMap(({ match = [] }) => match)
    .filter((match) => {
      if (same.has(canonicalJson(match))) return false
      const box = boxOf(match, reading)
      return box !== undefined && mayOccur(box, space) && !boxes.some((each) => isWithin(box, each, space))
    })
}

interface GivenUpContext extends Pick<Comparison, 'base'> {
  readonly mesh: string
  /** Matches that count as taken out. */
  readonly apart: readonly HTTPMatchRequest[]
  readonly options: ConditionOptions
}
