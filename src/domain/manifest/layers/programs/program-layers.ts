import { gathered } from '../../../source/multimap.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { speaksOfTheMesh } from '../../kinds/spoken-in-programs.ts'
import { isJsonnet } from '../delivery/jsonnet-files.ts'
import { mayMakeMeshObjects } from '../delivery/jsonnet-words.ts'
import type { Layer } from '../layer.ts'
import { filesBelow, type SideFiles } from '../side-files.ts'
import { linksBetween } from './links-of-programs.ts'
import { isBeside, languageOf } from './program-names.ts'
import { isOfProject, projectsIn } from './projects.ts'

/**
 * Programs that make manifests, and that are not run here: one that speaks of the mesh, be it by what it reads of others, may make
 * any object of it. One that speaks of nothing that routes or forbids makes what is nobody else's concern.
 */
export function programLayers(side: SideFiles): readonly Layer[] {
  const all = filesBelow('', side)
  const projects = projectsIn(all)
  const programs = [
    ...all.filter(({ path }) => languageOf(path) !== undefined || isOfProject(path, projects.keys())),
    ...ofTanka(side),
  ]
  return partsOfTheMesh(programs).map((file) => ({
    kind: isJsonnet(file.path) ? 'Jsonnet' : (languageOf(file.path) ?? 'program'),
    name: file.path,
    file,
    statements: [{ what: { program: saidBy(file) }, reach: 'mesh' }],
  }))
}

/** What the environments of Tanka are made of. Argo CD has Jsonnet of its own, and what nothing evaluates makes nothing. */
function ofTanka(side: SideFiles): readonly SourceFile[] {
  const jsonnet = filesBelow('', side).filter(({ path }) => isJsonnet(path))
  const isEnvironment = ({ path, text }: SourceFile) =>
    /(?:^|\/)main\.jsonnet$/.test(path) &&
    [text, side.files.get(path.replace(/main\.jsonnet$/, 'spec.json'))?.text].some((each) =>
      each?.includes('tanka.dev'),
    )
  const environments = jsonnet.filter(isEnvironment).map(({ path }) => path)
  if (environments.length === 0) return []
  const parts = reached(environments, linksBetween(jsonnet))
  return jsonnet.filter(({ path }) => parts.has(path))
}

/** All that is read for a program which speaks of the mesh, wherever in it that is said. */
function partsOfTheMesh(programs: readonly SourceFile[]): readonly SourceFile[] {
  const speaking = programs.filter(speaks).map(({ path }) => path)
  if (speaking.length === 0) return []
  const linksOf = linksBetween(programs)
  const users = backwards(
    programs.map(({ path }) => path),
    linksOf,
  )
  const entries = [...reached(speaking, (place) => users.get(place) ?? [])].filter((path) => !isBeside(path))
  const parts = reached(entries, linksOf)
  return programs.filter(({ path }) => parts.has(path))
}

function speaks({ path, text }: SourceFile): boolean {
  return isJsonnet(path) ? mayMakeMeshObjects({ texts: [text] }) : speaksOfTheMesh(text)
}

function reached(
  starts: readonly string[],
  linksOf: (place: string) => readonly string[],
): ReadonlySet<string> {
  const found = new Set(starts)
  for (const place of found) for (const next of linksOf(place)) found.add(next)
  return found
}

/** Who leads to a place. */
function backwards(
  paths: readonly string[],
  linksOf: (place: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const places = reached(paths, linksOf)
  return gathered([...places].flatMap((place) => linksOf(place).map((to) => [to, place] as const)))
}

/** Its text without the versions of images, and how many of something run. */
function saidBy({ text }: SourceFile): string {
  return text
    .replace(/^.*\b(?:image|tag)\w*\b.*$/gim, (line) =>
      line
        .replace(/(["'`][\w./-]+?)(?::[\w.-]+)?(?:@sha256:\w+)?(?=["'`])/g, (whole, name: string) =>
          whole.includes('/') || whole.includes(':') ? name : whole,
        )
        .replace(/(\btag\w*["']?\s*[:=]\s*["'])[^"']*/i, '$1'),
    )
    .replace(/(\breplicas?\w*["']?\s*[:=]\s*)\d+/gi, '$1')
}
