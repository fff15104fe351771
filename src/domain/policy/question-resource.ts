import type { Gateway } from '../manifest/gateway.ts'
import { normalForm } from '../manifest/normal-form.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Team } from '../ownership/team.ts'
import { rangeOf } from '../source/located.ts'
import type { Ask, Questioned } from './ask.ts'
import { primariesOfResource } from './concerned-primaries.ts'
import type { Reason } from './decision.ts'
import type { ResourceChange } from './resource-change.ts'

/**
 * Question 1: may this author change this VirtualService or Gateway? Each one that is added, removed, moved or changed
 * asks the owners of the file it was in and of the file it will be in. Moving it between files of the same owners
 * is no change.
 */
export function askAboutResources(questioned: Questioned): readonly Ask[] {
  return questioned.resources.flatMap((change) => asksFor(change, questioned))
}

function asksFor(change: ResourceChange, { comparison }: Questioned): readonly Ask[] {
  const { ownership } = comparison
  const { before, after } = change
  const oldTeam = before && ownership.teamOf(before)
  const newTeam = after && ownership.teamOf(after)
  if (isSilentMove(change, oldTeam, newTeam)) return []
  const primaries = primariesOfResource(comparison, change.mesh, change)
  const sameFile = before?.file.path === after?.file.path
  return [
    ...(before && oldTeam && !sameFile
      ? [{ team: oldTeam, reason: reasonFor(change, before), primaries }]
      : []),
    ...(after && newTeam ? [{ team: newTeam, reason: reasonFor(change, after), primaries }] : []),
  ]
}

function isSilentMove(change: ResourceChange, oldTeam: Team | undefined, newTeam: Team | undefined): boolean {
  const { before, after } = change
  if (before === undefined || after === undefined || oldTeam?.key !== newTeam?.key) return false
  return change.how === 'moved' && normalForm(before) === normalForm(after)
}

function reasonFor(change: ResourceChange, place: VirtualService | Gateway): Reason {
  const range = rangeOf(place)
  return {
    kind: 'resource',
    text: wording(change, place),
    path: place.file.path,
    ...(range && { range }),
    substance: substanceOf(change),
  }
}

function wording(change: ResourceChange, place: VirtualService | Gateway): string {
  const what = `${change.kind} ${change.name}`
  const { path } = place.file
  switch (change.how) {
    case 'added':
      return `${what} is added in ${path}`
    case 'removed':
      return `${what} is removed from ${path}`
    case 'changed':
      return `${what} in ${path} is changed`
    case 'moved':
      return place === change.before ? `${what} is moved out of ${path}` : `${what} is moved into ${path}`
  }
}

/** Who agrees to a change of a resource agrees to it as it was, as it will be, and where. */
function substanceOf({ mesh, kind, name, how, before, after }: ResourceChange): string {
  const sides = [before, after].map((side) => side && [side.file.path, normalForm(side)])
  return JSON.stringify([mesh, kind, name, how, ...sides])
}
