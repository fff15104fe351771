import { WriteStream } from 'node:tty'
import { parentPort, workerData } from 'node:worker_threads'
import { type ProgressData, stages } from './progress.ts'

type LogUpdate = ReturnType<typeof import('log-update').createLogUpdate>

const { stage, patience, ...first } = workerData as ProgressData
const begun = performance.now()

let print: LogUpdate | undefined
let { doing } = first

function show(): void {
  Atomics.compareExchange(stage, 0, stages.silent, stages.shown)
  if (Atomics.load(stage, 0) !== stages.shown) return
  print?.(`${doing} (${Math.round((performance.now() - begun) / 1000)} s)`)
}

function clear(): void {
  print?.clear()
  Atomics.store(stage, 0, stages.cleared)
  Atomics.notify(stage, 0)
}

/** Most commands are over before anything has to be said. */
async function begin(): Promise<void> {
  const { createLogUpdate } = await import('log-update')
  // The cursor stays as it is: whoever interrupts the command shall not miss it.
  print = createLogUpdate(new WriteStream(2), { showCursor: true })
  show()
  setInterval(show, 1000)
}

setTimeout(() => void begin(), patience)

parentPort?.on('message', (what?: string) => {
  if (what === undefined) return clear()
  doing = what
  if (Atomics.load(stage, 0) === stages.shown) show()
})
