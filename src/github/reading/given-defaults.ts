import { z } from 'zod'
import type { DefaultConfiguration } from '../../app/default-configuration.ts'
import { configurationPath } from '../../domain/policy/configuration/policy.ts'
import { type FolderEntry, folderMode } from '../../git/object-id.ts'
import { defaultsRepository } from '../trees/default-configuration.ts'
import { contentOf } from './given-blob.ts'
import { folderShape, provenEntries } from './given-folder.ts'
import type { GraphAnswer } from './graphql.ts'

const [folderName = '', fileName = ''] = configurationPath.split('/')

/** The entries of a folder, which its name proves. */
export const folderFragment = 'fragment folder on Tree { oid entries { name mode oid } }'

/** Asks for the default configuration of the owner, with the folders that say what else it may be than a file. */
export const defaultsFields = `defaults: repository(owner: $owner, name: "${defaultsRepository}") @skip(if: $again) {
    root: object(expression: "HEAD:") { ...folder }
    folder: object(expression: "HEAD:${folderName}") { ...folder }
    file: object(expression: "HEAD:${configurationPath}") { ... on Blob { oid byteSize isBinary isTruncated text } }
  }`

const shape = z.object({
  defaults: z.object({
    root: folderShape,
    folder: folderShape.nullable().catch(null),
    file: z
      .object({
        oid: z.string(),
        byteSize: z.number(),
        isBinary: z.boolean().nullable(),
        isTruncated: z.boolean(),
        text: z.string().nullable(),
      })
      .nullable()
      .catch(null),
  }),
})

type Problem = GraphAnswer<unknown>['errors'][number]

/** Whether an error is of the default configuration, and says nothing of the rest. */
export function isOfDefaults({ path }: Problem): boolean {
  return path?.[0] === 'defaults'
}

/** The repository is not there, or may not be seen. */
function isNowhere({ type, path }: Problem): boolean {
  return type === 'NOT_FOUND' && path?.length === 1
}

/**
 * What an answer says of the default configuration; undefined where it does not prove what there is, or that there is
 * nothing, and where it is no file that can be read here: REST tells.
 */
export function defaultsIn(
  { data, errors }: GraphAnswer<unknown>,
  owner: string,
): DefaultConfiguration | undefined {
  const problems = errors.filter(isOfDefaults)
  if (problems.length > 0) return problems.every(isNowhere) ? { kind: 'none' } : undefined
  const read = shape.safeParse(data)
  return read.success ? provenOf(read.data.defaults, owner) : undefined
}

type Given = z.infer<typeof shape>['defaults']

function provenOf({ root, folder: given, file }: Given, owner: string): DefaultConfiguration | undefined {
  const top = provenEntries(root)
  if (top === undefined) return undefined
  const above = named(top, folderName)
  if (above === undefined) return { kind: 'none' }
  if (above.mode !== folderMode || given?.oid !== above.sha) return undefined
  const entries = provenEntries(given)
  if (entries === undefined) return undefined
  const entry = named(entries, fileName)
  return entry === undefined ? { kind: 'none' } : fileOf(entry, file, owner)
}

/** A link, or something else that only looks like a file, is none. */
function fileOf(
  { mode, sha }: FolderEntry,
  file: Given['file'],
  owner: string,
): DefaultConfiguration | undefined {
  const content = mode.startsWith('100') && file ? contentOf(sha, file) : undefined
  const path = `${owner}/${defaultsRepository}:${configurationPath}`
  return content && { kind: 'file', file: { path, text: content.toString(), elsewhere: true } }
}

function named(entries: readonly FolderEntry[], name: string): FolderEntry | undefined {
  return entries.find((entry) => entry.name === name)
}
