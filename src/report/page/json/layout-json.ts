import type { LaidUnit, Layout } from '../../../domain/deployment/layout-of.ts'
import type { BuildFault } from '../../../domain/manifest/not-deployed.ts'
import type { LeftOutOfTables } from '../../../domain/routing/left-out-of-tables.ts'
import { positionOf, type SourceRange } from '../../../domain/source/source-file.ts'
import { buildFaultClause } from '../../../domain/terms/build-fault-words.ts'
import { doubtWords } from '../../../domain/terms/doubt-words.ts'
import { textOf } from '../../../domain/words/phrase.ts'
import { ended, wholeOf } from '../../../domain/words/sentence.ts'
import { notRenderedWords, unknownWords } from '../../sentences/layout-words.ts'
import { schema } from './schema.ts'

/** The layout for programs: the `layout` object of the `firebreak/1` contract. */
export function layoutJson(layout: Layout, leftOut: readonly LeftOutOfTables[] = []): object {
  return {
    schema,
    units: layout.units.map(unitJson),
    meshes: layout.meshes,
    files: layout.files,
    unknown: layout.unknown.map(({ code, of, range, detail, ...rest }) => ({
      code,
      of,
      detail,
      text: textOf(unknownWords({ code, of, range, detail, ...rest })),
      ...placeJson(range),
    })),
    leftOut,
    guesses: layout.guesses.map((doubt) => {
      const { settle, ...said } = doubtWords(doubt)
      const block = settle?.block
      return {
        code: doubt.cause.code,
        text: textOf(ended(wholeOf(said))),
        ...(block !== undefined && { block }),
      }
    }),
  }
}

function unitJson({ by, namespace, destination, failed, notRendered, ...unit }: LaidUnit): object {
  return {
    ...unit,
    by: by ?? null,
    namespace: namespace ?? null,
    destination: destination ?? null,
    notRendered: notRendered.map((each) => ({
      code: each.code,
      detail: each.detail,
      text: textOf(notRenderedWords(each)),
      ...placeJson(each.range),
    })),
    ...(failed !== undefined && { failed: failedJson(failed) }),
  }
}

function failedJson(failed: BuildFault | 'not known'): object {
  if (failed === 'not known') return { code: failed, text: 'It is too large or doubtful to be built.' }
  const { code, range, path } = failed
  return { code, text: textOf(buildFaultClause(failed)), file: path, ...placeJson(range) }
}

function placeJson(range: SourceRange | undefined): { readonly file?: string; readonly line?: number } {
  return range === undefined ? {} : positionJson(range)
}

function positionJson(range: SourceRange): { readonly file: string; readonly line: number } {
  const { file, line } = positionOf(range)
  return { file, line }
}
