/** The longest name of an object. */
const longest = 253

/** A name as Argo CD makes it fit for an object: small letters, digits, `-` and `.`. */
export function normalised(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, longest)
    .replace(/^[-.]+/, '')
    .replace(/[-.]+$/, '')
}

/** The last step of a path; of the root `.`. */
export function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || '.'
}
