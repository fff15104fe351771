export type { Judgement } from './policy/judgement.ts'
