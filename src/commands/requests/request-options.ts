import type { Command } from 'commander'
import { budgets } from '../../domain/budgets.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import type { Snapshot } from '../../domain/routing/snapshot.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import { fewOf } from '../../domain/words/few-of.ts'
import { plainOf, words } from '../../domain/words/phrase.ts'
import { UserError } from '../user-error.ts'
import { tablesOf } from './asked-requests.ts'
import { exampleRequest } from './request-argument.ts'

/** What is said of a request beside its method and URL. */
export interface RequestOptions {
  readonly header: readonly string[]
  readonly gateway?: string
}

/** Lets a command take a request, where its other arguments stand. */
export function withRequest(command: Command): Command {
  return command
    .argument(
      '[request]',
      `method and URL, such as ${exampleRequest}, a path, which every host is asked, or a witness of check as JSON`,
    )
    .option('-H, --header <header>', "a header of the request, such as 'x-beta: 1'", collect, [])
    .option(
      '--gateway <ns/name|mesh>',
      'where the request arrives (default: each gateway that serves its host)',
    )
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** A name with a typing error would be answered by 404. */
export function checkGateway(asked: string | undefined, { meshes }: Snapshot): void {
  if (asked === undefined || asked === 'mesh') return
  const written = meshes.flatMap(({ inForce }) => inForce.gateways.map(identityOf))
  const known = new Set([...tablesOf(meshes).map(({ gateway }) => gateway), ...written])
  if (known.has(asked)) return
  const names = [...known].filter((each) => each !== 'mesh').sort(compareTexts)
  throw new UserError(`--gateway ${asked} is no Gateway that is known here: ${knownWords(names)}.`)
}

function knownWords(names: readonly string[]): string {
  if (names.length === 0) return 'there is none, only mesh'
  return `those are ${plainOf(fewOf([...names, 'mesh'].map(words), budgets.askedHosts.size))}`
}
