export type { NewFile } from './git/change-tree.ts'
export type { PushBy } from './people/pull-requests.ts'
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts'
export type { Limits } from './state/limits.ts'
