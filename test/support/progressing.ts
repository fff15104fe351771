/** A second that comes late is not counted twice: on a busy machine waiting takes as long as the machine does. */
const tick = 1000
/** So many ticks without progress, and nothing will happen any more. */
const mostIdleTicks = 120

/** Waits for work as long as it gets on, however slowly: the measure is what was done, not what time it is. */
export function progressing<T>(work: Promise<T>, progress: () => number): Promise<T> {
  return new Promise((resolve, reject) => {
    let seen = progress()
    let idle = 0
    const watch = setInterval(() => {
      idle = progress() === seen ? idle + 1 : 0
      seen = progress()
      if (idle >= mostIdleTicks) reject(new Error(`nothing has happened any more, after ${seen} steps`))
    }, tick)
    work.then(resolve, reject).finally(() => clearInterval(watch))
  })
}
