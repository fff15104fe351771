import type { Screen } from '../report/print/screen.ts'

/** The process around a command: where it prints, where it was started, with which environment. */
export interface Terminal extends Screen {
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Standard output. */
  write(text: string): void
  /** Standard error. */
  warn(text: string): void
  /** Says what is being done where that takes a while and somebody looks on, until something else is done or printed. */
  doing(what: string): void
  /** `YYYY-MM-DD`. */
  today(): string
}

/** 0: clean. 1: blocked, or an approval is needed. 2: a path cannot be read or an option is wrong. */
export type ExitCode = 0 | 1 | 2

/** Receives how a command ended. */
export type End = (code: ExitCode) => void
