import type { SourceRange } from '../source/source-file.ts'

/**
 * Everything for which Kustomize 5.8.1 gives a build up, as a closed list. Nothing of the root is deployed any more then: neither
 * what is wrong nor what is right.
 */
export type FaultCode =
  | 'no-kustomization'
  | 'several-kustomizations'
  | 'invalid-kustomization'
  | 'unknown-field'
  | 'wrong-type'
  | 'empty-kustomization'
  | 'wrong-kind'
  | 'not-a-component'
  | 'component-as-resource'
  | 'empty-entry'
  | 'missing-file'
  | 'outside-root'
  | 'absolute-path'
  | 'cycle'
  | 'not-text'
  | 'invalid-yaml'
  | 'not-an-object'
  | 'duplicate-id'
  | 'namespace-conflict'
  | 'no-patch'
  | 'invalid-patch'
  | 'patch-without-target'
  | 'patch-matches-nothing'
  | 'patch-matches-several'
  | 'unknown-directive'
  | 'kinds-differ'
  | 'patch-fails'
  | 'invalid-selector'
  | 'invalid-field-path'
  | 'conflicting-configurations'
  | 'ambiguous-reference'
  | 'invalid-replacement'
  | 'source-matches-nothing'
  | 'source-matches-several'
  | 'field-missing'
  | 'duplicate-variable'
  | 'variable-matches-nothing'
  | 'variable-matches-several'
  | 'replicas-match-nothing'
  | 'invalid-generator'
  | 'generator-conflict'
  | 'invalid-transformer'
  | 'validator-changes'
  | 'unprintable'

/** Why a build fails: what, in which file, where in it, and what was written there or is meant. */
export interface Fault {
  readonly code: FaultCode
  readonly path: string
  readonly range?: SourceRange
  readonly detail: string
}

/** The place a fault is told of: a range, or a folder or file that is not there. */
export type Place = SourceRange | string

interface Stopped {
  readonly stopped: Fault
}

/** Ends the build here; `attempt` makes a value of it. Nobody outside of this room sees it thrown. */
export function fail(code: FaultCode, place: Place, detail: string): never {
  const at = typeof place === 'string' ? { path: place } : { path: place.file.path, range: place }
  throw { stopped: { code, ...at, detail } } satisfies Stopped
}

/** What `build` gives, or why it was ended. */
export function attempt<T>(
  build: () => T,
): { readonly value: T; readonly fault?: never } | { readonly fault: Fault } {
  try {
    return { value: build() }
  } catch (error) {
    if (isStopped(error)) return { fault: error.stopped }
    throw error
  }
}

/** Ends the build with a fault that is already known. */
export function failWith(fault: Fault): never {
  throw { stopped: fault } satisfies Stopped
}

function isStopped(error: unknown): error is Stopped {
  return typeof error === 'object' && error !== null && 'stopped' in error
}
