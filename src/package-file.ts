import { readFileSync } from 'node:fs'

/** A file of our own package, by its path there: beside the sources as beside what is built of them. */
export function packageFile(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
}

/** What our own package says of itself. */
export function ownPackage(): { readonly version: string; readonly homepage: string } {
  return JSON.parse(packageFile('package.json')) as { readonly version: string; readonly homepage: string }
}

/** The version that runs. */
export function ownVersion(): string {
  return ownPackage().version
}
