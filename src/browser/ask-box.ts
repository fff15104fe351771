import { moreHosts } from '../commands/requests/few-hosts.ts'
import { UserError } from '../commands/user-error.ts'
import { budgets } from '../domain/budgets.ts'
import type { WrittenSides } from '../report/page/sides/written-sides.ts'
import { type Answered, type Ask, asking, type Question, type Said } from './ask.ts'
import { element, elementById, textElement } from './elements.ts'

/** Lets the box answer; what a question cannot be answered by is said, and never guessed. */
export function openAskBox(): void {
  const form = elementById('ask-form', HTMLFormElement)
  const output = elementById('ask-answer', HTMLElement)
  const data = elementById('sides', HTMLScriptElement)
  if (form === undefined || output === undefined || data === undefined) return
  let ask: Ask | undefined
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    output.replaceChildren(textElement('p', 'Looking it up ...', 'hint'))
    const answer = () =>
      answerTo(questionIn(form), (question) => {
        ask ??= asking(JSON.parse(data.textContent ?? '') as WrittenSides)
        return ask(question)
      })
    // The first question takes a while in a large mesh: what is done is shown before.
    requestAnimationFrame(() => setTimeout(() => output.replaceChildren(...answer())))
  })
}

function questionIn(form: HTMLFormElement): Question {
  const fields = new FormData(form)
  const text = (name: string) => String(fields.get(name) ?? '')
  return { request: text('request').trim(), headers: text('headers'), gateway: text('gateway') }
}

function answerTo(question: Question, ask: Ask): readonly HTMLElement[] {
  try {
    const { answered, more } = ask(question)
    const left = moreHosts(more, 'GET https://shop.example/cart').map((line) => textElement('p', line))
    return [...answered.map(answeredElement), ...left]
  } catch (error) {
    if (error instanceof UserError) return [textElement('p', error.message, 'mistake')]
    console.warn(error)
    return [
      textElement(
        'p',
        'Not known here: this page could not work it out. firebreak explain says it.',
        'mistake',
      ),
    ]
  }
}

function answeredElement({ request, today, after }: Answered): HTMLElement {
  const heading = textElement('h3', request)
  if (today === undefined) return element('section', [heading, sideElement('Answered by', after)])
  const verdict = today.isSame
    ? textElement('p', 'This request gets the same after the merge.', 'same')
    : textElement('p', 'This request is treated differently after the merge.', 'differs')
  const both = [sideElement('Today', today.said), sideElement('After merge', after)]
  return element('section', [heading, verdict, element('div', both, 'both')])
}

function sideElement(title: string, said: readonly Said[]): HTMLElement {
  return element('div', [textElement('h4', title), ...said.map(saidElement)], 'side')
}

function saidElement({ place, kind, answer, choices, notes }: Said): HTMLElement {
  const choiceList = choices.length === 0 ? [] : [listElement(choices)]
  return element('div', [
    textElement('p', place, 'where'),
    textElement('p', answer, kind),
    ...choiceList,
    ...(notes.length === 0 ? [] : [foldElement(`Why not the others (${notes.length})`, notes)]),
  ])
}

function foldElement(summary: string, lines: readonly string[]): HTMLElement {
  const shown = lines.slice(0, budgets.pageNotes.size)
  const left = lines.length - shown.length
  const rest = left === 0 ? [] : [`${left} more: firebreak explain lists them`]
  return element('details', [textElement('summary', summary), listElement([...shown, ...rest])])
}

function listElement(lines: readonly string[]): HTMLElement {
  return element(
    'ul',
    lines.map((line) => textElement('li', line)),
  )
}
