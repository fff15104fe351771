import { decidingGroups, namesOfDeciding } from './deciding-groups.ts'

/** A group that another tool may fill in or complete; what has `{{ }}` there without quotes does not parse, and says no group. */
const filledIn = /apiVersion["']?[ \t]*:(?:[^\n]*\$[{(A-Za-z_]|[ \t]*["']\{\{)/

/** The escapes of a quoted YAML or JSON text that can stand for a letter or a dot, and the one that joins two lines. */
const escapes = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|(?:\r\n|[\r\n\u0085\u2028\u2029])[ \t]*)/g

/** Finds any of several names, in whatever way YAML lets a scalar be spelled. */
type Recogniser = (text: string) => boolean

function recogniserOf(names: readonly string[]): Recogniser {
  const plain = new RegExp(names.map(literally).join('|'))
  const encoded = new RegExp(names.flatMap(inBase64).map(literally).join('|'))
  return (text) => {
    if (plain.test(text)) return true
    const spelled = text.includes('\\') ? withoutEscapes(text) : text
    if (spelled !== text && plain.test(spelled)) return true
    if (/\$|\{\{/.test(spelled) && filledIn.test(spelled)) return true
    return mayBeEncoded.test(spelled) && encoded.test(spelled.replace(/\s+/g, ''))
  }
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Without one of these nothing is in base64: a tag, what Kubernetes keeps so, or a word that says it. */
const mayBeEncoded = /!|Secret|binaryData|b(?:ase)?64/i

/** What stands in base64 of any text that holds the name, as far as the name alone decides it: it may begin at any of three places. */
function inBase64(name: string): readonly string[] {
  return [0, 1, 2].map((before) =>
    btoa('\0'.repeat(before) + name).slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + name.length) * 8) / 6),
    ),
  )
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
