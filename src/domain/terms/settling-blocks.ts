import type { Cause } from '../doubt.ts'

type Guess = Extract<Cause, { readonly code: 'divided-meshes' | 'undivided-meshes' }>

/** Files in different folders of one folder as a mesh each; none where they do not part. */
export function meshesBlock(files: readonly string[]): string | undefined {
  const all = files.map((file) => file.split('/').slice(0, -1))
  const [first = []] = all
  const parts = first.findIndex((segment, at) => all.some((each) => each[at] !== segment))
  const names = [...new Set(all.map((each) => each[parts]))].flatMap((name) => name ?? [])
  return parts === -1 || names.length < 2 ? undefined : meshes(first.slice(0, parts).join('/'), names)
}

function meshes(folder: string, names: readonly string[]): string {
  return meshesOf(
    names.map((name) => ({ name, paths: [`${folder === '' ? name : `${folder}/${name}`}/**`] })),
  )
}

function meshesOf(entries: Guess['entries']): string {
  const lines = entries.map(
    ({ name, paths: some }) =>
      `  - { name: ${JSON.stringify(name)}, paths: [${some.map((each) => JSON.stringify(each)).join(', ')}] }`,
  )
  return ['meshes:', ...lines].join('\n')
}

/** The block that states roots of Kustomize. */
export function unitsOf(folders: readonly string[]): string {
  const lines = folders.map((each) => `  - { path: ${JSON.stringify(each || '.')}, kind: kustomize }`)
  return ['units:', ...lines].join('\n')
}

/** The block that says what is guessed, where folders can. */
export function blockOf({ entries }: Guess): { readonly block?: string } {
  return entries.length === 0 ? {} : { block: meshesOf(entries) }
}
