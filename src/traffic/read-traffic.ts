import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { budgets } from '../domain/budgets.ts'
import { trafficLine } from '../domain/traffic/traffic-line.ts'
import type { TrafficRead } from '../domain/traffic/traffic-read.ts'
import type { TrafficRequest } from '../domain/traffic/traffic-request.ts'

type Counting = { -readonly [Key in keyof TrafficRead]: TrafficRead[Key] } & {
  /** Bytes that may be read. */
  most: number
  broken: string[]
  bytes: number
}

/**
 * Reads a log of requests, or all of a folder, one line after the other, gzip or not: what is held at a time is bounded by the
 * longest line. Throws where the path itself cannot be read.
 */
export async function readTraffic(
  path: string,
  onRequest: (request: TrafficRequest) => void,
  most: number = budgets.trafficBytes.size,
): Promise<TrafficRead> {
  const { files, skipped } = await filesAt(path)
  const reading: Counting = {
    files: files.length,
    skipped,
    lines: 0,
    others: 0,
    unreadable: 0,
    broken: [],
    cut: false,
    bytes: 0,
    most,
  }
  if (files.length > budgets.trafficFiles.size) reading.cut = true
  for (const file of files.slice(0, budgets.trafficFiles.size)) {
    if (reading.bytes > most) break
    await readLog(file, reading, onRequest)
  }
  const { bytes: _bytes, most: _most, ...read } = reading
  return read
}

/**
 * A folder stands for the files in it, but for what is hidden; what lies below it, and links, are counted and not followed. A pipe is
 * read as a file, a device is not.
 */
async function filesAt(
  path: string,
): Promise<{ readonly files: readonly string[]; readonly skipped: number }> {
  const found = await stat(path)
  if (found.isFile() || found.isFIFO()) return { files: [path], skipped: 0 }
  if (!found.isDirectory()) throw new Error('it is neither a file, a folder nor a pipe')
  const entries = await readdir(path, { withFileTypes: true })
  const visible = entries.filter(({ name }) => !name.startsWith('.'))
  const files = visible.filter((entry) => entry.isFile()).map(({ name }) => join(path, name))
  return { files: files.toSorted(), skipped: visible.length - files.length }
}

async function readLog(
  file: string,
  reading: Counting,
  onRequest: (request: TrafficRequest) => void,
): Promise<void> {
  const name = basename(file)
  let number = 0
  const onLine = (line: string) => {
    number += 1
    take(line, { file: name, line: number }, reading, onRequest)
  }
  try {
    await eachLine(await contentsOf(file), reading, onLine)
  } catch {
    reading.broken.push(name)
  }
}

/** Both streams end together, whichever fails or is left first. */
async function contentsOf(file: string): Promise<Readable> {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 })
  if (!file.endsWith('.gz') && !(await beginsAsGzip(file))) return raw
  return pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => {})
}

const gzipBegins = Buffer.from([0x1f, 0x8b])

/** What rotates logs may call them otherwise. Of what is no regular file, a pipe for one, nothing may be read twice. */
async function beginsAsGzip(file: string): Promise<boolean> {
  if (!(await stat(file)).isFile()) return false
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(gzipBegins.length), 0, gzipBegins.length, 0)
    return bytesRead === gzipBegins.length && buffer.equals(gzipBegins)
  } finally {
    await handle.close()
  }
}

/** Of a line that is too long only the beginning is kept, which is enough to know that it is. */
async function eachLine(stream: Readable, reading: Counting, onLine: (line: string) => void): Promise<void> {
  const longest = budgets.trafficLine.size + 1
  let rest = ''
  stream.setEncoding('utf8')
  for await (const chunk of stream as AsyncIterable<string>) {
    reading.bytes += chunk.length
    if (reading.bytes > reading.most) {
      reading.cut = true
      return
    }
    let start = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      onLine(start === 0 ? rest + chunk.slice(0, end) : chunk.slice(start, end))
      rest = ''
      start = end + 1
    }
    rest = (rest + chunk.slice(start)).slice(0, longest)
  }
  if (rest !== '') onLine(rest)
}

function take(
  line: string,
  at: { readonly file: string; readonly line: number },
  reading: Counting,
  onRequest: (request: TrafficRequest) => void,
): void {
  if (line.trim() === '') return
  reading.lines += 1
  const read = trafficLine(line)
  if (read === 'other') reading.others += 1
  else if (read === 'unreadable') {
    reading.unreadable += 1
    reading.firstUnreadable ??= at
  } else onRequest(read)
}
