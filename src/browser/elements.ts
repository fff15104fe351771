/** The element of the page with an id, if it is there and of this kind. */
export function elementById<T extends HTMLElement>(id: string, kind: new () => T): T | undefined {
  const found = document.getElementById(id)
  return found instanceof kind ? found : undefined
}

/** A new element around others. */
export function element(name: string, children: readonly Node[], className = ''): HTMLElement {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...children)
  return made
}

/** A new element around a text, none of which is markup. */
export function textElement(name: string, text: string, className = ''): HTMLElement {
  const made = element(name, [], className)
  made.textContent = text
  return made
}
