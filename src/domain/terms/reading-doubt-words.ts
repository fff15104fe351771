import type { Cause } from '../doubt.ts'
import { type Phrase, say, words } from '../words/phrase.ts'
import { code, pathOf } from './code.ts'
import type { DoubtWords } from './doubt-words.ts'
import { fewNames, fewPaths } from './few-names.ts'
import { blockOf, unitsOf } from './settling-blocks.ts'

type Reading =
  | 'no-namespace'
  | 'namespace-implied'
  | 'divided-meshes'
  | 'undivided-meshes'
  | 'applied-by-hand'
  | 'run-time'
  | 'codeowners-unread'

/** What is taken for granted of how files are read, in words. */
export function readingDoubtWords(cause: Extract<Cause, { readonly code: Reading }>): DoubtWords {
  switch (cause.code) {
    case 'namespace-implied':
      return {
        clause: say`The namespace of ${fewNames(cause.of)} stands on one side only`,
        rest: say`; it is taken to be ${code(cause.namespace)} on both`,
      }
    case 'no-namespace':
      return {
        clause: say`${fewNames(cause.of)} names no namespace`,
        rest: say`; a reference to the name is taken to mean it`,
        settle: {
          todo: words('Write the namespace into it, or where it is applied'),
          block: `namespaces:\n  - { paths: ${JSON.stringify(cause.files)}, namespace: default }`,
        },
      }
    case 'divided-meshes':
      return {
        clause: say`The directories ${whereOf(cause.folder)} hold the same objects and are taken to be a mesh each`,
        rest: say`: ${fewNames(cause.meshes)}`,
        settle: { todo: words('To be sure, write it'), ...blockOf(cause) },
      }
    case 'undivided-meshes':
      return {
        clause: say`The same objects stand in several directories ${whereOf(cause.folder)}, but delegates cross them`,
        rest: say`: all of it is taken to be one mesh`,
        settle: {
          todo: words('To be sure, write it, or give each a name of its own where they are meshes'),
          ...blockOf(cause),
        },
      }
    case 'applied-by-hand':
      return {
        clause: say`Nothing here says who applies ${fewPaths(cause.folders.map((each) => each || '.'))}`,
        rest: say`; somebody is taken to do it by hand`,
        settle: {
          todo: words('To be sure, write it, with its mesh and namespace'),
          block: unitsOf(cause.folders),
        },
      }
    case 'run-time':
      return {
        clause: say`The weights of ${code(cause.of)} are set at run time (${code(cause.by)})`,
        rest: say`; what Git says of them was not compared`,
      }
    case 'codeowners-unread':
      return {
        clause: say`GitHub does not say what it makes of ${pathOf(cause.file)}`,
        rest: say`; it is taken to read it as Firebreak does`,
      }
  }
}

function whereOf(folder: string): Phrase {
  return folder === '' ? words('at the root') : say`in ${pathOf(`${folder}/`)}`
}
