import { createHmac, timingSafeEqual } from 'node:crypto'

/** The secrets that may sign webhooks: while one is replaced, both. */
export interface Secrets {
  readonly current: string
  readonly previous?: string
}

/** With which of them a body is signed, as `X-Hub-Signature-256` says; undefined: with neither. */
export function signedWith(
  body: string,
  signature: string,
  { current, previous }: Secrets,
): keyof Secrets | undefined {
  if (isSignature(body, signature, current)) return 'current'
  return previous !== undefined && isSignature(body, signature, previous) ? 'previous' : undefined
}

function isSignature(body: string, signature: string, secret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
