import { type Located, rangeOf } from '../source/located.ts'
import type { SourceRange } from '../source/source-file.ts'
import { type Message, messageAt, messagesAt, textAt } from './decoding/fields.ts'
import { type Problem, warned } from './decoding/problem.ts'
import { rangeOfElement } from './decoding/written-as.ts'
import { excerpt } from './excerpt.ts'
import { isUnknown } from './placeholders.ts'
import type { Resource } from './resource.ts'

interface Name {
  readonly text: string
  readonly range: SourceRange | undefined
}

function namesOf(resource: Resource & { readonly spec: object & Located }): readonly Name[] {
  // A decoded spec is a message of Istio's JSON.
  const spec = resource.spec as Message
  const listed = [spec, ...messagesAt(spec, 'servers')].flatMap((holder) =>
    ['hosts', 'gateways'].flatMap((field) => {
      const list = holder[field]
      const texts = Array.isArray(list) ? (list as readonly string[]) : []
      return texts.map((text, index) => ({
        text,
        range: rangeOfElement(texts, index) ?? rangeOf(spec, field),
      }))
    }),
  )
  const delegates = messagesAt(spec, 'http').flatMap((entry) => {
    const delegate = messageAt(entry, 'delegate')
    return delegate === undefined
      ? []
      : ['name', 'namespace'].map((field) => ({
          text: textAt(delegate, field),
          range: rangeOf(delegate, field),
        }))
  })
  return [
    { text: resource.name, range: rangeOf(resource, 'name') },
    { text: resource.namespace ?? '', range: rangeOf(resource, 'namespace') },
    ...listed,
    ...delegates,
  ]
}

/** Names that another tool fills in later: what they stand for is unknown, so they are taken as they are, and it is said. */
export function placeholderProblems(
  resource: Resource & { readonly spec: object & Located },
): readonly Problem[] {
  const held = namesOf(resource).find(({ text }) => isUnknown(text))
  if (held === undefined) return []
  const message = `\`${excerpt(held.text)}\` holds a placeholder; what it stands for is not known here`
  return [warned(message, held.range)]
}
