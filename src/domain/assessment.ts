export type { Assessment } from './policy/judgement.ts'
export type { ChangedFile, Touched } from './policy/touched.ts'
