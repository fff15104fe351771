import { readFileSync } from 'node:fs'

/** A file of our own package, by its path there: beside the sources as beside what is built of them. */
export function packageFile(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
}

/** The version that runs. */
export function ownVersion(): string {
  return (JSON.parse(packageFile('package.json')) as { readonly version: string }).version
}
