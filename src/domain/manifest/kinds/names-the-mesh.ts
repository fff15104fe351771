import { decidingGroups, namesOfDeciding } from './deciding-groups.ts'

/** A group that another tool may fill in or complete; what has `{{ }}` there without quotes does not parse, and says no group. */
const filledIn = /apiVersion["']?[ \t]*:(?:[^\n]*\$[{(A-Za-z_]|[ \t]*["']\{\{)/

/** The escapes of a quoted YAML or JSON text that can stand for a letter or a dot, and the one that joins two lines. */
const escapes = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|(?:\r\n|[\r\n\u0085\u2028\u2029])[ \t]*)/g

/** Finds any of several names, in whatever way YAML lets a scalar be spelled. */
type Recogniser = (text: string) => boolean

function recogniserOf(names: readonly string[]): Recogniser {
  const plain = new RegExp(names.map(literally).join('|'))
  const encoded = new RegExp(names.map(beginInBase64).map(literally).join('|'))
  return (text) => {
    if (plain.test(text)) return true
    const spelled = text.includes('\\') ? withoutEscapes(text) : text
    if (spelled !== text && plain.test(spelled)) return true
    if (/\$|\{\{/.test(spelled) && filledIn.test(spelled)) return true
    // Without a tag nothing is binary.
    return spelled.includes('!') && encoded.test(spelled.replace(/\s+/g, ''))
  }
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** How a value in base64 begins that begins with the name, as far as the name alone decides it. */
function beginInBase64(name: string): string {
  return btoa(name).slice(0, Math.floor((name.length * 8) / 6))
}

/**
 * Whether a text may hold an object of the groups that route or forbid: it names one, in plain letters, behind escapes, over
 * folded lines, as `!!binary` or by placeholders. What does not, and does not parse, is nobody's manifest.
 */
export const namesTheMesh: Recogniser = recogniserOf(decidingGroups.strict)

/** Whether a text may hold an object that as a whole decides about requests, of whatever group. */
export const namesADecidingKind: Recogniser = recogniserOf(namesOfDeciding)

/** Whether a text may hold an object of Kubernetes at all, of whatever group: none goes without an `apiVersion`. */
export const namesAnObject: Recogniser = recogniserOf(['apiVersion'])

function withoutEscapes(text: string): string {
  return text.replace(escapes, (written) => {
    if (!/^\\[xu]/i.test(written)) return ''
    const code = Number.parseInt(written.slice(2), 16)
    return code < 0x80 ? String.fromCharCode(code) : written
  })
}
