import { holding } from '../../../source/holding.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { canonicalJson, type JsonValue } from '../../json.ts'
import { documentsIn, fieldsOf, textIn } from '../written.ts'

const namesSelectors = holding(/[sS]elector/)

/**
 * Which of some label and annotation keys the selectors of layers name (Kustomize's and Flux's `labelSelector` and
 * `annotationSelector`, which are texts): what bears such a key is patched, replaced or left by it. A file that cannot be
 * read names whatever stands in it. Selectors of pods are objects, and select nothing but pods; those of policies, of webhooks and of
 * Karmada are objects, too, and select whatever there is.
 */
export function keysSelectedOn(files: readonly SourceFile[], keys: readonly string[]): ReadonlySet<string> {
  const selected = new Set<string>()
  for (const file of files.filter(namesSelectors)) {
    const documents = documentsIn(file)
    const texts =
      documents === undefined
        ? [file.text].filter((text) => /(?:label|annotation)Selector/.test(text))
        : documents.flatMap((each) => [...selectorsIn(each), ...selectorsOfPolicy(each)])
    for (const key of keys) if (texts.some((text) => wordsOf(text).includes(key))) selected.add(key)
  }
  return selected
}

function selectorsIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => selectorsIn(each))
  return Object.entries(fieldsOf(value)).flatMap(([field, inner]) => {
    const text = /^(?:label|annotation)Selector$/.test(field) ? textIn(inner) : undefined
    return text === undefined ? selectorsIn(inner ?? null) : [text]
  })
}

/** What judges, rewrites, removes, restores or sends on whatever objects it selects. */
const selecting =
  /kyverno\.io|gatekeeper\.sh|admissionregistration\.k8s\.io|karmada\.io|kubewarden\.io|projectsveltos\.io|velero\.io/

function selectorsOfPolicy(document: JsonValue): readonly string[] {
  const { apiVersion, metadata: _, ...said } = fieldsOf(document)
  return selecting.test(textIn(apiVersion) ?? '') ? matchersIn(said) : []
}

function matchersIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => matchersIn(each))
  return Object.entries(fieldsOf(value)).flatMap(([field, inner = null]) =>
    /^match(?:Labels|Expressions)$/.test(field) ? [canonicalJson(inner)] : matchersIn(inner),
  )
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\w./-]+/g) ?? []
}
