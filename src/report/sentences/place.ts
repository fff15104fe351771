import type { EffectiveRoute } from '../../domain/routing/route-table.ts'
import { supplierOf, writtenEntryOf } from '../../domain/routing/route-table.ts'
import { rangeOf } from '../../domain/source/located.ts'
import { positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { type Phrase, quoted, say } from '../../domain/words/phrase.ts'

/** "`teams/login/vs-1.yaml`, line 10": a line is always preceded by its file. */
export function placePhrase(range: SourceRange): Phrase {
  const { file, line } = positionOf(range)
  return say`${quoted(file)}, line ${line}`
}

/** `teams/login/vs-1.yaml:10`, for tables and terminals. */
export function placeText(range: SourceRange | undefined): string {
  if (range === undefined) return ''
  const { file, line } = positionOf(range)
  return `${file}:${line}`
}

/** Where the words of a route stand that decide which requests it gets: its path, else its match, else its entry. */
export function wordsOfRoute(route: EffectiveRoute): SourceRange | undefined {
  const { uri } = route.match ?? {}
  const field = (['exact', 'prefix', 'regex'] as const).find((each) => uri?.[each] !== undefined)
  const written = supplierOf(route).file.path
  const places = [
    uri && rangeOf(uri, field),
    route.match && rangeOf(route.match),
    rangeOf(writtenEntryOf(route)),
  ]
  return places.find((range) => range?.file.path === written)
}
