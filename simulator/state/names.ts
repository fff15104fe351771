/** The key under which a name is stored: GitHub compares logins, slugs and repository names without case. */
export function nameKey(name: string): string {
  return name.toLowerCase()
}

/** An opaque global id; GitHub's are base64 of type and number too. */
export function nodeId(type: string, id: number): string {
  return Buffer.from(`${type}:${id}`).toString('base64')
}
