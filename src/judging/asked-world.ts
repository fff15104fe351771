import type { World } from '../app/judge-pull-request.ts'
import type { Log } from '../app/log.ts'
import type { JudgedRepository } from '../app/ports.ts'
import type { GitObjects } from '../app/reading/git-objects.ts'
import { contentsOfSide, filesOfSide } from '../git/side-files.ts'
import type { ObjectCache } from '../github/trees/trees.ts'
import { type Answering, resultOf } from './answer.ts'
import type { Task, WorldCalls } from './calls.ts'
import { receivePeople } from './received-people.ts'

type Asked = Answering<WorldCalls>

/** The world of one judgement, asked of another thread; what is immutable is asked for once. */
export function askedWorld(asked: Asked, { pull, today }: Task, cache: ObjectCache): World {
  const { installation, owner, repo } = pull.ref
  const objects = rememberedObjects(asked, cache, `${installation}:${owner}/${repo}`)
  const say = (level: keyof Log) => (fields: object, message: string) => {
    void asked.log(level, fields, message)
  }
  return {
    repository: askedRepository(asked, objects),
    charts: { render: async (release, how) => resultOf(await asked.render(release, how)) },
    traffic: { of: async (ref) => resultOf(await asked.traffic(ref)) },
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    today: () => today,
  }
}

function rememberedObjects(asked: Asked, { listings, blobs }: ObjectCache, scope: string): GitObjects {
  return {
    listing: (sha, place) =>
      listings.get(`${scope} ${place} ${sha}`, async () => resultOf(await asked.listing(sha, place))),
    blob: (sha, place, size) =>
      blobs.get(`${scope} ${place} ${sha}`, async () => {
        // A buffer comes out of another thread as the bytes that it is made of.
        const { buffer, byteOffset, byteLength } = resultOf(await asked.blob(sha, place, size))
        return Buffer.from(buffer, byteOffset, byteLength)
      }),
  }
}

function askedRepository(asked: Asked, objects: GitObjects): JudgedRepository {
  return {
    files: (side, wanted) => filesOfSide(objects, side, wanted),
    contents: (side, wanted) => contentsOfSide(objects, side, wanted),
    defaultConfiguration: async () => resultOf(await asked.defaultConfiguration()),
    mergedSide: async (pull) => resultOf(await asked.mergedSide(pull)),
    codeownersErrors: async (sha) => resultOf(await asked.codeownersErrors(sha)),
    branchAt: async (pull, sha) => resultOf(await asked.branchAt(pull, sha)),
    isUnmerged: async (pull, name) => resultOf(await asked.isUnmerged(pull, name)),
    people: async (pull, owners) => receivePeople(resultOf(await asked.people(pull, owners))),
    members: async (pull, owners) => resultOf(await asked.members(pull, owners)),
    diffLines: async (pull) => resultOf(await asked.diffLines(pull)),
    impostors: async (pull) => resultOf(await asked.impostors(pull)),
  }
}
