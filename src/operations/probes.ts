import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LoopLag } from './loop-lag.ts'
import type { Part, Readiness } from './readiness.ts'

export interface ProbesOptions {
  readonly readiness: Readiness
  readonly lag: LoopLag
  /** In the text format of Prometheus. */
  readonly metrics: (missing: ReadonlyMap<Part, string>) => Promise<string>
  readonly metricsType: string
}

/** Answers whoever watches the server; false where the request is for somebody else. */
export type Probes = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

export function createProbes({ readiness, lag, metrics, metricsType }: ProbesOptions): Probes {
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    /** That it answers at all is what is asked; how late it does is for people. */
    '/healthz': async (response) => sendJson(response, 200, { alive: true, loopLagSeconds: lag.read() }),
    '/readyz': async (response) => {
      const missing = await readiness()
      const ready = missing.size === 0
      sendJson(response, ready ? 200 : 503, { ready, missing: Object.fromEntries(missing) })
    },
    '/metrics': async (response) => {
      const text = await metrics(await readiness())
      response.writeHead(200, { 'content-type': metricsType }).end(text)
    },
  }
  return async (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined
    if (answer === undefined || !['GET', 'HEAD'].includes(request.method ?? '')) return false
    await answer(response)
    return true
  }
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`)
}
