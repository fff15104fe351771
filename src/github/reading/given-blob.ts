import { isBlobOf } from '../../git/object-id.ts'

/** A blob as the schema has it; whatever is not as it should be is asked for over REST. */
export interface GivenBlob {
  readonly isTruncated?: boolean
  readonly isBinary?: boolean | null
  readonly byteSize?: number
  readonly text?: string | null
}

/** Only the very bytes of that name count, whatever GitHub says of them. */
export function contentOf(
  sha: string,
  { isTruncated, isBinary, byteSize, text }: GivenBlob,
): Buffer | undefined {
  if (isTruncated !== false || isBinary === true || typeof text !== 'string') return undefined
  const content = Buffer.from(text)
  return content.length === byteSize && isBlobOf(sha, content) ? content : undefined
}
