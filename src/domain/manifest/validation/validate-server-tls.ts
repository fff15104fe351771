import { type Message, messagesAt, placeOf, textAt, textsAt } from '../decoding/fields.ts'
import { type Problem, refused, warned } from '../decoding/problem.ts'
import type { JsonObject } from '../json.ts'

const certificateFields = [
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
  'credentialName',
  'credentialNames',
] as const

/** `tls` of a server (Istio `validateTLSOptions`): one source of certificates, and the one that its mode needs. */
export function validateServerTls(tls: JsonObject | undefined): readonly Problem[] {
  if (tls === undefined) return []
  const mode = textAt(tls, 'mode')
  const common = validateOldVersions(tls)
  if (mode === 'ISTIO_MUTUAL') return [...common, ...validateIstioMutual(tls)]
  return [
    ...common,
    ...(mode.endsWith('PASSTHROUGH') ? validatePassthrough(tls, mode) : []),
    ...validateOneSource(tls),
    ...(isTerminating(mode) && !hasCredential(tls) ? validateFiles(tls, mode) : []),
    ...(isTerminating(mode) && hasCredential(tls) ? [] : validateRevocation(tls, mode)),
  ]
}

function isTerminating(mode: string): boolean {
  return mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL'
}

function hasCredential(tls: Message): boolean {
  return tls['credentialName'] !== undefined || tls['credentialNames'] !== undefined
}

function validateOldVersions(tls: Message): readonly Problem[] {
  const least = textAt(tls, 'minProtocolVersion')
  const isOld = least === 'TLSV1_0' || least === 'TLSV1_1'
  if (!isOld || textsAt(tls, 'cipherSuites').length > 0) return []
  return [warned('TLS below 1.2 needs compatible `cipherSuites`', placeOf(tls, 'minProtocolVersion'))]
}

function validateIstioMutual(tls: Message): readonly Problem[] {
  return certificateFields
    .filter((field) => tls[field] !== undefined)
    .map((field) =>
      refused(`ISTIO_MUTUAL brings its own certificates; \`${field}\` has no place`, placeOf(tls, field)),
    )
}

function validatePassthrough(tls: Message, mode: string): readonly Problem[] {
  const unused = [...certificateFields, 'caCrl'].find((field) => tls[field] !== undefined)
  if (unused === undefined) return []
  return [warned(`The mode ${mode} uses no certificates; \`${unused}\` is ignored`, placeOf(tls, unused))]
}

function validateOneSource(tls: Message): readonly Problem[] {
  const files = tls['serverCertificate'] !== undefined && tls['privateKey'] !== undefined
  const sources = ['credentialName', 'credentialNames', 'tlsCertificates'].filter(
    (field) => tls[field] !== undefined,
  )
  if (sources.length + (files ? 1 : 0) < 2) return []
  const all = [...(files ? ['serverCertificate'] : []), ...sources]
  return [
    refused(`Certificates come from one place, not from ${all.join(' and ')}`, placeOf(tls, sources.at(-1))),
  ]
}

function validateFiles(tls: Message, mode: string): readonly Problem[] {
  const listed = messagesAt(tls, 'tlsCertificates')
  const certificates = listed.length > 0 ? listed : [tls]
  const mutual = mode !== 'SIMPLE' && tls['caCertificates'] === undefined
  return [
    ...(mutual ? [refused(`The mode ${mode} needs \`caCertificates\``, placeOf(tls))] : []),
    ...(listed.length > 2
      ? [warned('At most two certificates are used', placeOf(tls, 'tlsCertificates'))]
      : []),
    ...certificates.flatMap((certificate) =>
      ['serverCertificate', 'privateKey']
        .filter((field) => certificate[field] === undefined)
        .map((field) =>
          refused(`The mode ${mode} needs \`${field}\` or a \`credentialName\``, placeOf(certificate)),
        ),
    ),
  ]
}

function validateRevocation(tls: Message, mode: string): readonly Problem[] {
  if (tls['caCrl'] === undefined) return []
  const range = placeOf(tls, 'caCrl')
  return [
    ...(tls['credentialName'] === undefined
      ? []
      : [refused('With `credentialName` the revocation list belongs into the credential', range)]),
    ...(mode === 'SIMPLE' ? [refused('The mode SIMPLE takes no revocation list', range)] : []),
  ]
}
