/** What GitHub answered, with its body read: as much of a `Response` as Octokit looks at. */
export interface Answer extends Pick<Response, 'status' | 'statusText' | 'url' | 'headers'> {
  /** JSON as a value; other text as text, and everything else as bytes. */
  readonly body: unknown
  /** For the message of an error. */
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * Reads an answer to its end. Throws where that does not come, or is no JSON although it says so: Octokit would take what has come
 * for all of it. And its parser for JSON, which asks about each number whether it is too large, takes four times as long.
 */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, statusText, url, headers } = response
  const bytes = await response.arrayBuffer()
  const text = () => new TextDecoder().decode(bytes)
  const body = response.ok ? bodyOf(headers.get('content-type') ?? 'text/plain', bytes, text) : undefined
  return { status, statusText, url, headers, body, text: async () => text(), arrayBuffer: async () => bytes }
}

function bodyOf(type: string, bytes: ArrayBuffer, text: () => string): unknown {
  if (/^application\/json\b/i.test(type)) return bytes.byteLength === 0 ? '' : (JSON.parse(text()) as unknown)
  return /^text\/|charset=utf-8/i.test(type) ? text() : bytes
}
