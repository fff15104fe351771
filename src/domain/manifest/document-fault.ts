import { type FaultTable, faultsOf } from '../source/fault-table.ts'
import { quoted, say, words } from '../words/phrase.ts'
import { excerpt } from './excerpt.ts'

/** What is wrong with a document, or a file, as a whole rather than with the shape or the values of an object: a closed list. */
export type DocumentFaultCode = keyof typeof faults

const faults = {
  template: () => words('template, not analysed'),
  'reader-difference': () => ({
    clause: words('Kustomize reads this file otherwise than Kubernetes would'),
    rest: words('; it is taken as Kustomize reads it'),
    todo: say`Put words such as ${quoted('yes')} and dates into quotes, and write each key once`,
  }),
  'lfs-pointer': () => ({
    clause: words('It is a pointer of Git LFS, and what is deployed instead of it is not in Git'),
    todo: say`Put the manifest itself into Git: take its path out of ${quoted('filter=lfs')} in ${quoted('.gitattributes')}, and run ${quoted('git add --renormalize')} on it`,
  }),
  'no-kind': () => ({
    clause: say`A document without ${quoted('kind')} stands in a file with objects of the mesh`,
    todo: say`Give it a ${quoted('kind')}, or keep it in a file of its own: what applies the file refuses it`,
  }),
  more: (count: number) => say`${count} more problems from here on`,
  'api-version': (version: string) => ({
    clause: say`No cluster serves version ${quoted(excerpt(version))} of this kind`,
    rest: words('; the API server refuses the object'),
    todo: say`Write ${quoted('networking.istio.io/v1')}`,
  }),
  placeholder: (name: string) => ({
    clause: say`${quoted(excerpt(name))} holds a placeholder`,
    rest: words('; what it stands for is not known here'),
  }),
} as const satisfies FaultTable

/** A fault as data and in its words; what belongs to its code is what was written. */
export const documentFault = faultsOf(faults)
