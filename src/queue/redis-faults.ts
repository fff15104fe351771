import type { Log } from '../app/log.ts'

/** Milliseconds in which one kind of fault is said once: while Redis is away there are ten a second. */
const sayEvery = 60_000

/** Says what Redis answers, or that it does not; `now` in milliseconds. */
export function createRedisFaults(log: Log, now = () => performance.now()): (error: Error) => void {
  const said = new Map<string, number>()
  const counts = new Map<string, number>()
  return (error) => {
    const kind = kindOf(error)
    const count = (counts.get(kind) ?? 0) + 1
    const isDue = now() - (said.get(kind) ?? Number.NEGATIVE_INFINITY) >= sayEvery
    counts.set(kind, isDue ? 0 : count)
    if (!isDue) return
    said.set(kind, now())
    const message = error.name === 'ReplyError' ? 'Redis refuses' : 'Redis cannot be reached'
    log.error({ err: error, count }, message)
  }
}

/** A refusal begins with its code (`OOM`, `MISCONF`, `NOAUTH`), and goes on with what differs each time. */
function kindOf(error: Error): string {
  if (error.name === 'ReplyError') return error.message.split(' ', 1).join()
  return 'code' in error ? String(error.code) : error.name
}
