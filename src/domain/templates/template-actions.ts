/** What stands between the braces of a Go template, without marks that trim and without comments. */
export interface TemplateAction {
  readonly text: string
  /** The offset of what stands between the braces. */
  readonly start: number
  /** The offset behind its closing braces. */
  readonly end: number
}

const inAction = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\}\}|["`']/gy

/** The actions of a template in order; nothing where one of them is not closed. */
export function templateActions(text: string): readonly TemplateAction[] | undefined {
  const actions: TemplateAction[] = []
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at)) {
    const start = at + (/^\{\{-(?=\s)/.test(text.slice(at, at + 4)) ? 3 : 2)
    const end = endOfAction(text, start)
    if (end === undefined) return undefined
    const inner = text.slice(start, end).replace(/\s-$/, ' ')
    if (!inner.trimStart().startsWith('/*')) actions.push({ text: inner, start, end: end + 2 })
    at = end + 2
  }
  return actions
}

/** Where the braces close that do not stand in a text; a comment ends with the first that follow its mark. */
function endOfAction(text: string, start: number): number | undefined {
  if (/^\s*\/\*/.test(text.slice(start, start + 4))) {
    const close = text.indexOf('*/', start)
    const end = close === -1 ? -1 : text.indexOf('}}', close)
    return end === -1 ? undefined : end
  }
  for (let at = start; at < text.length; at += 1) {
    inAction.lastIndex = at
    const found = inAction.exec(text)?.[0]
    if (found === '}}') return at
    if (found !== undefined && found.length === 1) return undefined
    if (found !== undefined) at += found.length - 1
  }
  return undefined
}
