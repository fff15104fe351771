import { meshGroup } from './mesh-objects.ts'

/** How a value in base64 begins that begins with the group, as far as the group alone decides it. */
const groupInBase64 = 'bmV0d29ya2luZy5pc3Rpby5pb'

/** Placeholders before the end of the group, or in it, whose defaults may complete it. */
const groupOfPlaceholders = /\$\{[^\n]*istio\.io/

/** The escapes of a quoted YAML or JSON text that can stand for a letter or a dot, and the one that joins two lines. */
const escapes = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|(?:\r\n|[\r\n\u0085\u2028\u2029])[ \t]*)/g

/**
 * Whether a text may hold an object of the mesh: it names the group, in plain letters, behind escapes, over folded lines
 * or as `!!binary`. What does not is nobody's manifest, whether it parses or not.
 */
export function namesTheMesh(text: string): boolean {
  if (text.includes(meshGroup)) return true
  const spelled = text.includes('\\') ? withoutEscapes(text) : text
  if (spelled.includes(meshGroup)) return true
  if (spelled.includes('istio.io') && spelled.includes('${') && groupOfPlaceholders.test(spelled)) return true
  // Without a tag nothing is binary.
  return spelled.includes('!') && spelled.replace(/\s+/g, '').includes(groupInBase64)
}

function withoutEscapes(text: string): string {
  return text.replace(escapes, (written) => {
    if (!/^\\[xu]/i.test(written)) return ''
    const code = Number.parseInt(written.slice(2), 16)
    return code < 0x80 ? String.fromCharCode(code) : written
  })
}
