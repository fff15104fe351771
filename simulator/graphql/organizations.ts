import { GraphQLError } from 'graphql'
import { ApiError } from '../access/api-error.ts'
import { requirePermission } from '../access/permissions.ts'
import { allMemberships, findTeam, seesTeam } from '../access/teams.ts'
import type { Team } from '../state/accounts.ts'
import type { Token } from '../state/app.ts'
import { nameKey, nodeId } from '../state/names.ts'
import type { World } from '../state/world.ts'
import { actor, type Boundaries, connection, type GraphObject } from './nodes.ts'

/** An organization as the graph has it, with its teams as far as a token sees them. */
export function organizationObject(world: World, token: Token, login: string): GraphObject {
  const organization = world.organizations.get(nameKey(login))
  if (organization === undefined)
    throw new GraphQLError(`Could not resolve to an Organization with the login of '${login}'.`, {
      extensions: { type: 'NOT_FOUND' },
    })
  return {
    ...actor(organization.account),
    team: ({ slug }: { readonly slug: string }) => {
      permitMembers(world, token)
      const team = findTeam(world, login, slug)
      return team && seesTeam(world, token, team) ? teamObject(world, team) : null
    },
  }
}

function permitMembers(world: World, token: Token): void {
  try {
    requirePermission(world, token, { permission: 'members', level: 'read' })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new GraphQLError(error.message, { extensions: { type: 'FORBIDDEN' } })
  }
}

interface MembersAsked extends Boundaries {
  readonly membership: 'ALL' | 'CHILD_TEAM' | 'IMMEDIATE'
}

/** Those of child teams are in it unless told otherwise. */
function teamObject(world: World, team: Team): GraphObject {
  return {
    __typename: 'Team',
    id: nodeId('Team', team.id),
    slug: team.slug,
    privacy: team.privacy === 'secret' ? 'SECRET' : 'VISIBLE',
    members: (asked: MembersAsked) => {
      const members = allMemberships(world, team).filter(({ state, account }) => {
        const isOwn = team.members.has(nameKey(account.login))
        return (
          state === 'active' && (asked.membership === 'ALL' || isOwn === (asked.membership === 'IMMEDIATE'))
        )
      })
      return connection(
        'members',
        members.map(({ account }) => actor(account)),
        asked,
      )
    },
  }
}
