import { namesADecidingKind } from '../../kinds/names-the-mesh.ts'
import { speaksOfTheMesh } from '../../kinds/spoken-in-programs.ts'

/** What a program in Jsonnet is made of. */
export interface JsonnetProgram {
  /** Its own text with all that it imports. */
  readonly texts: readonly string[]
  /** Those of them that are no code by their names, so that they are taken as texts. */
  readonly quoted?: readonly string[]
  /** What it is called with, and from outside, as JSON. */
  readonly given?: string
}

/** Whether a program may make objects of the mesh: it names one, may put a name together of several texts, or works it out. */
export function mayMakeMeshObjects({ texts, quoted = [], given = '{}' }: JsonnetProgram): boolean {
  const isFilled = given !== '{}' || quoted.some(isWord) || texts.some((each) => brought.test(each))
  return [...texts, given].some(namesTheMesh) || (isFilled && texts.some((each) => computedName.test(each)))
}

function namesTheMesh(text: string): boolean {
  const joined = text.replace(/["']\s*\+\s*["']/g, '')
  return speaksOfTheMesh(text) || namesADecidingKind(joined) || workedOut.some((each) => each.test(text))
}

/** A text that may be a name, or a piece of one. */
function isWord(text: string): boolean {
  return /^\s*[\w./-]{1,80}\s*$/.test(text)
}

/** Kinds, versions and names of fields that are no plain text, and objects that are read out of a text: they may be any. */
const workedOut = [
  /\b(?:kind|apiVersion)['"\]]{0,2}\s*\+?:{1,3}(?!\s*(?:'[^'\\\n]*'|"[^"\\\n]*")\s*[,}\n])/,
  /\[\s*['"][^'"\]\n]*['"]\s*\+[^\]\n]*\]\s*:/,
  /\bstd\.(?:parseJson|parseYaml|base64Decode|base64DecodeBytes|decodeUTF8|native)\b/,
]

/** A field that is called as a variable or an expression says. */
const computedName = /\[\s*[A-Za-z_$][^\]\n]*\]\s*\+?:{1,3}/

/** Values that come from outside while it is evaluated. */
const brought = /\bstd\.(?:extVar|native)\b/
