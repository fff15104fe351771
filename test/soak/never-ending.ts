// Judging whatever says so never ends: to be imported before a server that judges in threads.
import { isMainThread } from 'node:worker_threads'
import { neverEnds } from './never-ends.ts'

if (!isMainThread) {
  const { decode } = TextDecoder.prototype
  TextDecoder.prototype.decode = function (...given: Parameters<typeof decode>) {
    const text = decode.apply(this, given)
    while (text.includes(neverEnds)) {
      // For ever.
    }
    return text
  }
}
