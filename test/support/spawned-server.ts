import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Settings } from '../../src/settings.ts'

/** One line of a server's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg?: string }

/** A server as people run it, in a process of its own. */
export interface SpawnedServer {
  readonly url: string
  /** Everything that it has said so far. */
  readonly lines: readonly LogLine[]
  /** Sends a signal, and resolves with how the process has ended. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly seconds: number }>
}

function environmentOf({ appId, privateKey, webhookSecret, apiUrl }: Settings): Record<string, string> {
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: apiUrl,
    GITHUB_PACE: 'unlimited',
    HOST: '127.0.0.1',
    PORT: '0',
    CATCH_UP_MINUTES: '0',
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
  }
}

/** Starts one, and resolves once its log says where it listens. */
export async function spawnServer(
  settings: Settings,
  environment: Readonly<Record<string, string>>,
  program = 'src/server.ts',
): Promise<SpawnedServer> {
  const server = spawn(process.execPath, [program], {
    env: { ...environmentOf(settings), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: LogLine[] = []
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server has ended with ${code}`)))
    createInterface({ input: server.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as LogLine
      lines.push(line)
      if (typeof line['url'] === 'string') resolve(line['url'])
    })
  })
  return { url, lines, end: (signal) => end(server, signal) }
}

async function end(server: ChildProcess, signal: NodeJS.Signals) {
  const began = performance.now()
  if (server.exitCode === null && server.signalCode === null) {
    server.kill(signal)
    await once(server, 'exit')
  }
  return { code: server.exitCode, seconds: (performance.now() - began) / 1000 }
}
