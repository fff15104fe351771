import type { PersonClient } from '../person-client.ts'

/** What is asked about, and with what. */
export interface Asked {
  readonly client: PersonClient
  /** As the App itself, where its key was given. */
  readonly app?: PersonClient
  readonly owner: string
  readonly repo: string
}

/** GitHub has one answer to what does not exist and to what may not be seen. */
export const notShown = [403, 404]
