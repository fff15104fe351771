import { budgets } from '../../../domain/budgets.ts'
import type { LaidFile } from '../../../domain/deployment/laid-files.ts'
import type { LaidUnit, Layout } from '../../../domain/deployment/layout-of.ts'
import type { Doubt } from '../../../domain/doubt.ts'
import type { LeftOutOfTables } from '../../../domain/routing/left-out-of-tables.ts'
import type { SourceRange } from '../../../domain/source/source-file.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { visible } from '../../../domain/words/visible.ts'
import { counted } from '../../print/counted.ts'
import { hanging, type Screen } from '../../print/screen.ts'
import { doubtLines } from '../../sentences/doubt-phrases.ts'
import {
  fateWords,
  fileRoles,
  filesWords,
  meshWords,
  notRenderedWords,
  unitWords,
  unknownWords,
} from '../../sentences/layout-words.ts'
import { leftOutWords } from '../../sentences/left-out-words.ts'
import { placeText } from '../../sentences/place.ts'

/** What `layout` prints: counts, then the units by deployer, the meshes, what would settle a guess, and what each file is. */
export function terminalLayout(
  layout: Layout,
  screen: Screen,
  leftOut: readonly LeftOutOfTables[] = [],
): string {
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', screen.paint('bold', title), ...lines]
  const lines = [
    ...countLines(layout, screen),
    ...nextLines(layout, screen),
    ...deployers.flatMap(([deployer, title]) => section(title, unitLines(unitsBy(layout, deployer), screen))),
    ...section(
      'Meshes',
      few(layout.meshes, (each) => wrapped(`${visible(each.name)}: ${plainOf(meshWords(each))}`, screen)),
    ),
    ...section(
      'To be sure',
      layout.guesses.flatMap((each) => guessOf(each, screen)),
    ),
    ...section(
      'Not known',
      few(layout.unknown, (each) => wrapped(placed(plainOf(unknownWords(each)), each.range), screen)),
    ),
    ...section('Files', fileLines(layout.files, screen)),
    ...section(
      'In no table',
      leftOut.flatMap((each) => leftOutLines(each, screen)),
    ),
  ]
  return `${lines.join('\n')}\n`
}

const deployers = [
  ['argo-cd', 'Argo CD', 'of Argo CD'],
  ['flux', 'Flux', 'of Flux'],
  ['helmfile', 'helmfile', 'of helmfile'],
  ['kustomize', 'Kustomize, applied by hand', 'of Kustomize, applied by hand'],
  ['helm', 'Charts that nothing names', 'of Helm, applied by hand'],
  ['configuration', 'As configured', 'as configured'],
] as const

function unitsBy({ units }: Layout, deployer: LaidUnit['deployer']): readonly LaidUnit[] {
  return units.filter((each) => each.deployer === deployer)
}

function countLines(layout: Layout, screen: Screen): readonly string[] {
  const { units, meshes, files, unknown } = layout
  const shares = deployers
    .map(([deployer, , share]) => [unitsBy(layout, deployer).length, share] as const)
    .filter(([count]) => count > 0)
    .map(([count, share]) => `${count} ${share}`)
  const failing = units.filter(({ failed }) => failed !== undefined).length
  const partly = units.filter(({ notRendered }) => notRendered.length > 0).length
  const alone = files.filter((each) => each.is === 'object' && each.units.length === 0).length
  const gaps = [
    ...(failing === 0 ? [] : [`${failing} not deployed`]),
    ...(partly === 0 ? [] : [`${partly} not rendered whole`]),
    ...(unknown.length === 0 ? [] : [`${counted(unknown.length, 'thing')} not known of deployers`]),
  ]
  return [
    ...wrapped(
      `${counted(units.length, 'unit')}${shares.length === 0 ? '' : `: ${shares.join('; ')}`}`,
      screen,
      '',
    ),
    ...(gaps.length === 0 ? [] : wrapped(gaps.join(', '), screen, '')),
    `${meshes.length === 1 ? '1 mesh' : `${meshes.length} meshes`}`,
    ...wrapped(
      `${counted(files.length, 'file')}${alone === 0 ? '' : `, ${alone} with objects that no unit takes, which count as they are written`}`,
      screen,
      '',
    ),
  ]
}

/** Where nothing is that could decide about requests, what to do next. */
function nextLines({ units, files }: Layout, screen: Screen): readonly string[] {
  if (units.length > 0 || files.some(({ is }) => is === 'object')) return []
  const excluded = files.some(({ is }) => is === 'excluded')
  const text = `No manifest of Istio was found here. Name the folder that has them: firebreak layout DIR${excluded ? '; what is excluded is set in .github/firebreak.yml (manifests.exclude)' : ''}. Then firebreak routes DIR shows who serves what, and firebreak history what would have been said of what was merged.`
  return ['', ...wrapped(text, screen, '')]
}

function unitLines(units: readonly LaidUnit[], screen: Screen): readonly string[] {
  return few(
    units,
    (unit) => [
      ...wrapped(visible(unit.key === '' ? '.' : unit.key), screen),
      ...wrapped(plainOf(unitWords(unit)), screen, '    '),
      ...wrapped(placed(plainOf(fateWords(unit)), faultPlace(unit)), screen, '    '),
      ...few(
        unit.notRendered,
        (each) =>
          wrapped(`not rendered: ${placed(plainOf(notRenderedWords(each)), each.range)}`, screen, '    '),
        { indent: '    ' },
      ),
    ],
    { most: budgets.layoutUnits.size },
  )
}

function faultPlace({ failed }: LaidUnit): SourceRange | undefined {
  return typeof failed === 'object' ? failed.range : undefined
}

/** Of many roots the block states the first, which settles those. */
function guessOf(guess: Doubt, screen: Screen): readonly string[] {
  const { cause } = guess
  if (cause.code !== 'applied-by-hand') return doubtLines(guess, '  ', screen)
  const folders = cause.folders.slice(0, budgets.layoutPlaces.size)
  const rest = cause.folders.length - folders.length
  return [
    ...doubtLines({ ...guess, cause: { ...cause, folders } }, '  ', screen),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ]
}

function fileLines(files: readonly LaidFile[], screen: Screen): readonly string[] {
  return fileRoles.flatMap((role) => {
    const some = files.filter(({ is }) => is === role)
    const [first] = some
    if (first === undefined) return []
    const more = some.length === 1 ? '' : ', ...'
    return wrapped(`${filesWords(role, some.length)}: ${visible(first.path)}${more}`, screen)
  })
}

function leftOutLines(each: LeftOutOfTables, screen: Screen): readonly string[] {
  return wrapped(
    `${plainOf(leftOutWords(each))} (${visible(each.example)}${each.count > 1 ? ', ...' : ''})`,
    screen,
  )
}

function placed(text: string, range: SourceRange | undefined): string {
  return range === undefined ? text : `${text} (${visible(placeText(range))})`
}

/** The first of many, and how many more there are. */
function few<T>(
  items: readonly T[],
  linesOf: (item: T) => readonly string[],
  { most = budgets.layoutPlaces.size, indent = '  ' } = {},
): readonly string[] {
  const rest = items.length - most
  return [...items.slice(0, most).flatMap(linesOf), ...(rest > 0 ? [`${indent}and ${rest} more`] : [])]
}

/** A paragraph of its own, its further lines a little further in. */
function wrapped(text: string, screen: Screen, indent = '  '): readonly string[] {
  return hanging(indent, text, screen, `${indent}  `)
}
