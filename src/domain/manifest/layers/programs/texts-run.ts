import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonValue } from '../../json.ts'
import { documentsIn, fieldsOf, textIn, textsIn } from '../written.ts'

/** Letters of an escape may stand before the name of a program. */
const naming = /kubectl|oc\b|kapp|helm|kpt|kluctl|skaffold|tk\b|argocd|flux|istioctl|k8s|kube/

/** What a pipeline has run: its whole text, or each text in its documents. */
export function textsRun(file: SourceFile): readonly string[] {
  if (!naming.test(file.text)) return []
  const documents = /\.ya?ml$/.test(file.path) ? documentsIn(file) : undefined
  return documents === undefined
    ? [file.text]
    : documents.flatMap((each) => [...textsIn(each), ...stepsIn(each)])
}

/** An action for a cluster, and a module of Ansible, as kubectl would be called for it. */
function stepsIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => stepsIn(each))
  const step = fieldsOf(value)
  const inner = Object.values(step).flatMap((each) => stepsIn(each ?? null))
  const isAction = /k8s|kube|helm|argocd|flux/i.test(textIn(step['uses']) ?? '')
  const { action, ...given } = fieldsOf(step['with'])
  const verb = action === 'delete' ? 'delete' : 'apply'
  const called = isAction
    ? textsIn(given).map((each) => `kubectl ${verb} -f ${each.replace(/\s+/g, ',')}`)
    : []
  return [...called, ...moduleIn(step), ...inner]
}

function moduleIn(step: ReturnType<typeof fieldsOf>): readonly string[] {
  const [, written] = Object.entries(step).find(([key]) => /^(?:[\w.]+\.)?k8s$/.test(key)) ?? []
  const { state, src, kind, name, namespace } = fieldsOf(written)
  const verb = state === 'absent' ? 'delete' : 'apply'
  const place = textIn(namespace) === undefined ? '' : ` -n ${textIn(namespace)}`
  if (textIn(src) !== undefined) return [`kubectl ${verb} -f ${textIn(src)}${place}`]
  return textIn(kind) === undefined ? [] : [`kubectl ${verb} ${textIn(kind)} ${textIn(name) ?? ''}${place}`]
}
