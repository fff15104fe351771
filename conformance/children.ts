import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that answers each line with a line. */
export interface LineProgram {
  ask<Answer>(question: unknown): Promise<Answer>
  end(): void
}

/** Starts a program that is asked line by line; what it prints besides is shown only if it dies. */
export function startLineProgram(path: string): LineProgram {
  const child = spawn(path, [], { stdio: ['pipe', 'pipe', 'pipe'] })
  const complaints = lastOf(child)
  const waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line))
  child.on('exit', (code) => {
    for (const { reject } of waiting) reject(new Error(`${path} ended with ${code}: ${complaints()}`))
  })
  return {
    async ask<Answer>(question: unknown) {
      const line = new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }))
      child.stdin.write(`${JSON.stringify(question)}\n`)
      return JSON.parse(await line) as Answer
    },
    end: () => child.stdin.end(),
  }
}

/** What a program said last on its standard error. */
export function lastOf({ stderr }: ChildProcess): () => string {
  let said = ''
  stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  return () => said
}
