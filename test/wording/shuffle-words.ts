import { registerHooks } from 'node:module'
import { parseAst } from 'vitest/node'

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** A piece of a source file that is nothing but words, between its quotes. */
interface Piece {
  readonly start: number
  readonly end: number
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flat().filter(isNode)
}

function calls(node: Node, names: readonly string[]): boolean {
  const callee = node.type === 'TaggedTemplateExpression' ? node.tag : node.callee
  return isNode(callee) && callee.type === 'Identifier' && names.includes(String(callee.name))
}

const takers = ['words', 'listed', 'joined', 'counted', 'enumerateWords']
const transparent = ['ConditionalExpression', 'LogicalExpression', 'TemplateLiteral', 'ArrayExpression']

/** A text that can only be prose. */
const prose = /[A-Za-z]{2,},? [A-Za-z]{2,}/

/**
 * What is read by people in a source file: the literals of `say`, what is passed to `words` and its like or put into
 * a template of `say`, and whatever else has two words in a row, but for what our own mistakes throw.
 */
function piecesOf(node: Node, isWords: boolean): readonly Piece[] {
  if (node.type === 'NewExpression' || node.type.startsWith('TS') || node.type === 'ImportDeclaration') {
    return node.type.startsWith('TSAs') || node.type.startsWith('TSSat') ? deeper(node, isWords) : []
  }
  if (node.type === 'TaggedTemplateExpression') {
    return calls(node, ['say']) && isNode(node.quasi) ? piecesOf(node.quasi, true) : []
  }
  if (node.type === 'CallExpression') return deeper(node, calls(node, takers))
  if (node.type === 'TemplateElement') return piece(node, isWords)
  if (node.type === 'Literal' && typeof node.value === 'string') {
    return piece({ ...node, start: node.start + 1, end: node.end - 1 }, isWords)
  }
  if (node.type === 'ConditionalExpression') {
    const { test, ...branches } = node
    return [...(isNode(test) ? piecesOf(test, false) : []), ...deeper(branches as Node, isWords)]
  }
  return deeper(node, isWords && transparent.includes(node.type))
}

function deeper(node: Node, isWords: boolean): readonly Piece[] {
  return childrenOf(node).flatMap((child) => piecesOf(child, isWords))
}

function piece({ start, end, value }: Node, isWords: boolean): readonly Piece[] {
  const text = typeof value === 'string' ? value : String((value as { readonly raw: string }).raw)
  return isWords || prose.test(text) ? [{ start, end }] : []
}

/** Every letter of a text by another, each text by an alphabet of its own; escapes and signs stay. */
function shuffled(text: string, seed: number): string {
  const by = 1 + (seed % 25)
  return text.replace(/\\u\{[^}]*\}|\\u[\da-f]{4}|\\.|\$\{|[a-z]|[A-Z]/gis, (part) => {
    const first = /^[a-z]$/.test(part) ? 97 : /^[A-Z]$/.test(part) ? 65 : undefined
    return first === undefined ? part : String.fromCharCode(first + ((part.charCodeAt(0) - first + by) % 26))
  })
}

function seedOf(text: string): number {
  let hash = 7
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003
  return hash
}

/** A source file in other words of the same lengths. */
export function inOtherWords(code: string, path: string, seed: string): string {
  const program = parseAst(code, { lang: 'ts' })
  const pieces = piecesOf(program as unknown as Node, false).toSorted((a, b) => a.start - b.start)
  let [text, at] = ['', 0]
  for (const { start, end } of pieces) {
    const own = seedOf(`${seed} ${path} ${start}`)
    text += code.slice(at, start) + shuffled(code.slice(start, end), own)
    at = end
  }
  return text + code.slice(at)
}

const query = /\?wording=(\w+)$/
const root = new URL('../../', import.meta.url).href

/** From now on a module that is imported with `?wording=a` comes, with all that it imports, in other words. */
export function shuffleWords(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const [seed] = query.exec(context.parentURL ?? '') ?? []
      const found = next(specifier, context)
      const isOurs = found.url.startsWith(root) && !found.url.includes('/node_modules/')
      return seed !== undefined && isOurs && found.url.endsWith('.ts')
        ? { ...found, url: found.url + seed }
        : found
    },
    load(url, context, next) {
      const seed = query.exec(url)?.[1]
      const loaded = next(url, context)
      if (seed === undefined || !url.startsWith(`${root}src/`)) return loaded
      const path = url.replace(query, '').slice(root.length - 1)
      return { ...loaded, source: inOtherWords(String(loaded.source), path, seed) }
    },
  })
}
