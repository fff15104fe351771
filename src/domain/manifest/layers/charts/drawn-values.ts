import type { ValuePath } from '../../../templates/abstract-value.ts'
import type { JsonObject } from '../../json.ts'
import { fieldsOf, listIn, textIn } from '../written.ts'
import type { DrawnChart } from './chart-family.ts'

/** The values by which a chart that another draws in is rendered or not, as the other has them. */
export function conditionsOf({ entries }: DrawnChart): readonly ValuePath[] {
  return entries
    .flatMap(({ condition }) => (textIn(condition) ?? '').split(','))
    .map((each) => each.trim().split('.'))
    .filter((path) => path.join('') !== '')
}

/** Values of a chart that is drawn in, and where the other has them. */
interface Import {
  readonly child: ValuePath
  readonly parent: ValuePath
}

/** Which values of a chart that is drawn in are read, where some values of the other are. */
export function importedBy({ entries }: DrawnChart, paths: readonly ValuePath[]): readonly ValuePath[] {
  const imports = entries.flatMap(importsOf)
  return paths.flatMap((path) => imports.flatMap((each) => within(path, each)))
}

function importsOf(entry: JsonObject): readonly Import[] {
  return listIn(entry['import-values']).map((each) => {
    const name = textIn(each)
    if (name !== undefined) return { child: ['exports', ...stepsOf(name)], parent: [] }
    const { child, parent } = fieldsOf(each)
    return { child: stepsOf(textIn(child) ?? ''), parent: stepsOf(textIn(parent) ?? '') }
  })
}

function stepsOf(path: string): ValuePath {
  return path.split('.').filter((step) => step !== '')
}

function within(path: ValuePath, { child, parent }: Import): readonly ValuePath[] {
  if (startsWith(path, parent)) return [[...child, ...path.slice(parent.length)]]
  return startsWith(parent, path) ? [child] : []
}

function startsWith(path: ValuePath, start: ValuePath): boolean {
  return start.every((step, at) => path[at] === step)
}
