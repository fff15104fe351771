import { rangeOf } from '../../../source/located.ts'
import type { Server } from '../../gateway.ts'
import { type Problem, refused, warned } from '../problem.ts'

const certificateFields = [
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
  'credentialName',
  'credentialNames',
] as const

type Tls = NonNullable<Server['tls']>

/** `tls` of a server (Istio `validateTLSOptions`): one source of certificates, and the one that its mode needs. */
export function validateServerTls(tls: Server['tls']): readonly Problem[] {
  if (tls === undefined) return []
  const { mode = '' } = tls
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

function hasCredential(tls: Tls): boolean {
  return tls.credentialName !== undefined || tls.credentialNames !== undefined
}

function validateOldVersions(tls: Tls): readonly Problem[] {
  const least = tls.minProtocolVersion
  const isOld = least === 'TLSV1_0' || least === 'TLSV1_1'
  if (!isOld || (tls.cipherSuites ?? []).length > 0) return []
  return [warned('tls-old', rangeOf(tls, 'minProtocolVersion'))]
}

function validateIstioMutual(tls: Tls): readonly Problem[] {
  return certificateFields
    .filter((field) => tls[field] !== undefined)
    .map((field) => refused('istio-mutual', rangeOf(tls, field), field))
}

function validatePassthrough(tls: Tls, mode: string): readonly Problem[] {
  const unused = ([...certificateFields, 'caCrl'] as const).find((field) => tls[field] !== undefined)
  if (unused === undefined) return []
  return [warned('passthrough', rangeOf(tls, unused), mode, unused)]
}

function validateOneSource(tls: Tls): readonly Problem[] {
  const files = tls.serverCertificate !== undefined && tls.privateKey !== undefined
  const sources = (['credentialName', 'credentialNames', 'tlsCertificates'] as const).filter(
    (field) => tls[field] !== undefined,
  )
  if (sources.length + (files ? 1 : 0) < 2) return []
  const all = [...(files ? ['serverCertificate'] : []), ...sources]
  return [refused('certificate-sources', rangeOf(tls, sources.at(-1)), ...all)]
}

function validateFiles(tls: Tls, mode: string): readonly Problem[] {
  const listed = tls.tlsCertificates ?? []
  const certificates = listed.length > 0 ? listed : [tls]
  const mutual = mode !== 'SIMPLE' && tls.caCertificates === undefined
  return [
    ...(mutual ? [refused('no-ca', rangeOf(tls), mode)] : []),
    ...(listed.length > 2 ? [warned('many-certificates', rangeOf(tls, 'tlsCertificates'))] : []),
    ...certificates.flatMap((certificate) =>
      (['serverCertificate', 'privateKey'] as const)
        .filter((field) => certificate[field] === undefined)
        .map((field) => refused('no-certificate', rangeOf(certificate), mode, field)),
    ),
  ]
}

function validateRevocation(tls: Tls, mode: string): readonly Problem[] {
  if (tls.caCrl === undefined) return []
  const range = rangeOf(tls, 'caCrl')
  return [
    ...(tls.credentialName === undefined ? [] : [refused('crl-beside-credential', range)]),
    ...(mode === 'SIMPLE' ? [refused('crl-simple', range)] : []),
  ]
}
