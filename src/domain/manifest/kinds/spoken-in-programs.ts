import { namesADecidingKind } from './names-the-mesh.ts'

/** Kinds that route or forbid and that nothing else is called after, for a program may leave the group to a library. */
const kinds =
  /\b(?:VirtualService|DestinationRule|ServiceEntry|WorkloadEntry|WorkloadGroup|EnvoyFilter|WasmPlugin|PeerAuthentication|RequestAuthentication|AuthorizationPolicy|HTTPRoute|GRPCRoute|TLSRoute|TCPRoute)\b/i

/** Libraries are called after what they are made for. */
const libraries = /["'/]istio[\w.-]*[/"']/

/** A field for a kind or a version, in whatever language. */
const naming = /\b(?:kind|apiVersion|api_version)["'\]]{0,2}\s*(?::{1,3}|=)\s*/

/** Values that are filled in, joined or formatted, worked out by a function, or a list of pieces. */
const pieces = [
  /(?:f|\$)?["'`][^"'`\n]*(?:\\\(|\$\{|%\{|\{\w)/,
  /f?["'][^"'\n]*["']\s*(?:\+\+?|%|\.format\b|\.concat\b)/,
  /(?:std\.)?(?:strings\.|\w*[Jj]oin\b|format\b|concat\b|sprintf\b)/,
  /\[/,
]

const putTogether = new RegExp(`${naming.source}(?:${pieces.map(({ source }) => source).join('|')})`)

/** Texts that are joined without more: `"networking." + "istio.io"`. */
const joint = /["'`]\s*(?:\+\+?|<>)\s*["'`]/g

/**
 * Whether a program speaks of what routes or forbids: by its groups, its kinds, libraries that are called after the mesh, or
 * with kinds and versions that it puts together itself, so that they may be any.
 */
export function speaksOfTheMesh(text: string): boolean {
  return (
    namesADecidingKind(inLines(text)) ||
    kinds.test(text) ||
    libraries.test(text) ||
    putTogether.test(text) ||
    namesADecidingKind(inLines(text.replace(joint, '')))
  )
}

/** One field to a line: what is filled in behind a version is no part of it. */
function inLines(text: string): string {
  return text.replace(/[,;}]/g, '$&\n')
}
