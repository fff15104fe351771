import type { BuildFault } from '../manifest/not-deployed.ts'
import { type Phrase, say, words } from '../words/phrase.ts'
import { code } from './code.ts'

type FaultCode = BuildFault['code']

/** What ends a build, as a clause that says what was met; `it` is what was written there, or is meant. */
const clauses: Readonly<Record<FaultCode, (it: Phrase) => Phrase>> = {
  'no-kustomization': (it) => say`the folder ${it} has no kustomization`,
  'several-kustomizations': (it) => say`the folder ${it} has several files of kustomizations`,
  'invalid-kustomization': () => words('the kustomization cannot be read as a mapping'),
  'unknown-field': (it) => say`a kustomization has no field ${it}`,
  'wrong-type': (it) => say`${it} has a value of another type`,
  'empty-kustomization': () => words('the kustomization says nothing'),
  'wrong-kind': (it) => say`${it} is no apiVersion, kind or order of a kustomization`,
  'not-a-component': (it) => say`${it} is listed as a component and is none`,
  'component-as-resource': (it) => say`${it} is a component, and is listed as a resource`,
  'empty-entry': () => words('an entry of a list is empty'),
  'missing-file': (it) => say`${it} is not there`,
  'outside-root': (it) => say`${it} lies outside of the folder of the kustomization`,
  'absolute-path': (it) => say`the path ${it} is absolute`,
  cycle: (it) => say`${it} leads back to the kustomization itself`,
  'not-text': (it) => say`${it} is no text`,
  'invalid-yaml': () => words('its YAML cannot be read'),
  'not-an-object': (it) => (isEmpty(it) ? words('a document is no object') : say`an object lacks ${it}`),
  'duplicate-id': (it) => say`${it} is in it twice`,
  'namespace-conflict': (it) => say`the namespace makes two objects the same: ${it}`,
  'no-patch': () => words('an entry of the patches has not exactly one of a text and a path'),
  'invalid-patch': () => words('a patch is no object and no list of operations'),
  'patch-without-target': (it) => say`a patch needs a target${isEmpty(it) ? '' : say` with ${it}`}`,
  'patch-matches-nothing': (it) => say`a patch is for ${it}, which is not among what is built`,
  'patch-matches-several': (it) => say`a patch is for ${it}, of which there are several`,
  'unknown-directive': (it) => say`a patch says ${it}, which is no directive`,
  'kinds-differ': (it) => say`a patch meets ${it} where it has something else`,
  'patch-fails': (it) => say`an operation of a patch fails${isEmpty(it) ? '' : say` at ${it}`}`,
  'invalid-selector': (it) => say`the selector ${it} cannot be read`,
  'invalid-field-path': (it) => say`the path of a field, ${it}, leads nowhere it could`,
  'conflicting-configurations': (it) => say`two configurations say different things of ${it}`,
  'ambiguous-reference': (it) => say`the name ${it} may refer to several objects`,
  'invalid-replacement': (it) => say`a replacement cannot be read${isEmpty(it) ? '' : say` at ${it}`}`,
  'source-matches-nothing': (it) => say`the source ${it} of a replacement is not among what is built`,
  'source-matches-several': (it) => say`the source ${it} of a replacement may be several objects`,
  'field-missing': (it) => say`the field ${it} is not there`,
  'duplicate-variable': (it) => say`the variable ${it} is defined twice`,
  'variable-matches-nothing': (it) => say`the object of the variable ${it} is not among what is built`,
  'variable-matches-several': (it) => say`the object of the variable ${it} may be several`,
  'replicas-match-nothing': (it) => say`the replicas are for ${it}, which is not among what is built`,
  'invalid-generator': (it) => say`a generator cannot be read${isEmpty(it) ? '' : say` at ${it}`}`,
  'generator-conflict': (it) => say`a generator makes ${it}, which is there already`,
  'invalid-transformer': (it) => say`a transformer cannot be read${isEmpty(it) ? '' : say` at ${it}`}`,
  'validator-changes': () => words('a validator changes what it validates'),
  unprintable: (it) => say`${it} cannot be printed as it was written`,
  substitution: () => words('the variables of Flux cannot be filled in in what was built'),
  helm: (it) => say`helm says ${it}`,
}

/** Why a unit does not build. */
export function buildFaultClause({ code: faultCode, detail }: BuildFault): Phrase {
  const isFolder = faultCode === 'no-kustomization' || faultCode === 'several-kustomizations'
  const named = detail === '' && isFolder ? '.' : detail
  return clauses[faultCode](named === '' ? [] : code(named))
}

function isEmpty(phrase: Phrase): boolean {
  return phrase.length === 0
}
