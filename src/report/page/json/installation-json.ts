import { type Examined, stateOf } from '../../../domain/installation/examination.ts'
import { textOf } from '../../../domain/words/phrase.ts'
import { examinedWords, type Names } from '../../sentences/installation-words.ts'
import { schema } from './schema.ts'

/** The state of an installation for programs: the `doctor` object of the `firebreak/1` contract. */
export function installationJson(examined: readonly Examined[], names: Names): object {
  const { repository, branch, check, app } = names
  return {
    schema,
    repository,
    branch,
    check,
    app: 'known' in app ? app.known : null,
    state: stateOf(examined),
    examined: examined.map((each) => examinedJson(each, names)),
  }
}

function examinedJson(each: Examined, names: Names): object {
  const { what, why, todo } = examinedWords(each, names)
  return {
    state: each.state,
    ...each.found,
    text: textOf(what),
    why: textOf(why),
    ...(todo !== undefined && { do: textOf(todo) }),
  }
}
