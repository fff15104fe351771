import { z } from 'zod'
import { pathNormalizations } from '../../language/arriving-paths.ts'
import { assumedVersion, versionText } from '../../manifest/istio-version.ts'
import { defaultIstioSettings } from '../../routing/istio-settings.ts'
import type { GlobFaultCode, RefusedValueCode } from './configuration-fault.ts'
import { isDecisiveKey } from './decisive-keys.ts'
import { globFault } from './glob.ts'
import { folderPattern, unitKinds } from './policy.ts'

/** What a refinement found: the code of the mistake, and the text that it is about. */
export interface Refinement {
  readonly code: GlobFaultCode | 'decisive-key'
  readonly text: string
}

function refinement({ code, text }: Refinement) {
  return { code: 'custom', params: { code, text } } as const
}

/** Where zod takes a message it gets a code, and nothing but the code comes back. */
function code(of: RefusedValueCode): string {
  return of
}

const text = z.string().trim().min(1, code('empty'))

const glob = z.string().superRefine((pattern, context) => {
  const fault = globFault(pattern)
  if (fault !== undefined) context.addIssue(refinement({ code: fault.code, text: pattern }))
})

const globs = z.array(glob)
const someGlobs = globs.min(1, code('no-paths'))

const externalName = z
  .string()
  .regex(/^[^\s/]+\/[^\s/]+$/, code('external'))
  .superRefine((pattern, context) => {
    const found = pattern.split('/').flatMap((part) => globFault(part) ?? [])
    for (const fault of found) context.addIssue(refinement({ code: fault.code, text: pattern }))
  })

const owner = z.string().regex(/^(@[^\s@/]+(\/[^\s@/]+)?|[^\s@]+@[^\s@]+)$/, code('owner'))

const namespace = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, code('namespace'))

const domainName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, code('domain'))

const exportTo = z.string().regex(/^([.*~]|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/, code('export-to'))

const effect = z.enum(['block', 'require-approval', 'report', 'off'])
const when = z.enum(['off', 'others', 'changes', 'always'])

const manifests = z.strictObject({
  include: someGlobs
    .default(['**/*.{yaml,yml,json}'])
    .describe(
      'Files that may hold manifests. `*` and `?` stay within one name, `**` crosses `/`, `{a,b}` is either.',
    ),
  exclude: globs.default([]).describe('Files among them that are never read.'),
})

const mesh = z.strictObject({ name: text, paths: someGlobs })

const unit = z.strictObject({
  path: z
    .string()
    .regex(folderPattern, code('folder'))
    .describe('The folder, from the root of the repository, which is `.`.'),
  kind: z
    .enum(unitKinds)
    .describe(
      'kustomize: its kustomization. directory: the files in it. recursive-directory: those in and below it.',
    ),
  mesh: text.optional().describe('The mesh of its objects; left out: as found out for the others.'),
  namespace: namespace.optional().describe('The namespace of its objects that name none.'),
})

const namespaceRule = z.strictObject({ paths: someGlobs, namespace })

const render = z.strictObject({
  helm: z
    .boolean()
    .default(false)
    .describe('true: charts of this repository are rendered by the helm 3 or 4 on the search path.'),
})

const snapshot = z.strictObject({
  path: z
    .string()
    .regex(/^(?!\.{0,2}\/)[^\s*?{}\\]+$/, code('path'))
    .describe('The file, from the root of the repository.'),
  mesh: text.optional().describe('The mesh that it is of; needed where there are several.'),
})

const istio = z.strictObject({
  dialect: z
    .enum(['asm', 'istio'])
    .default('asm')
    .describe('asm: a secondary that delegates contributes nothing. istio: as upstream.'),
  version: z
    .string()
    .regex(/^[0-9]{1,3}\.[0-9]{1,3}(\.[0-9]{1,4})?$/, code('version'))
    .default(versionText(assumedVersion))
    .describe('The version of the control plane, in quotes: 1.30 without them is the number 1.3.'),
  clusterDomain: domainName.default('cluster.local'),
  defaultExportTo: z
    .array(exportTo)
    .min(1, code('no-namespaces'))
    .default(['*'])
    .describe("The mesh's meshConfig.defaultVirtualServiceExportTo."),
  gatewayNamespaces: z
    .array(namespace)
    .default([])
    .describe('Namespaces of the gateway pods; empty: not known.'),
  securityHeaders: z
    .array(text.transform((name) => name.toLowerCase()))
    .default([...defaultIstioSettings.securityHeaders])
    .describe(
      'Headers that overridden-field blocks for where a secondary loses them; x-* stands for all that begin so.',
    ),
  pathNormalization: z
    .enum([...pathNormalizations, 'DEFAULT'])
    .default(defaultIstioSettings.pathNormalization)
    .transform((said) => (said === 'DEFAULT' ? defaultIstioSettings.pathNormalization : said))
    .describe(
      "The mesh's meshConfig.pathNormalization.normalization: what Envoy makes of a path before routes are asked.",
    ),
})

const ownership = z.strictObject({
  consent: z
    .enum(['approval', 'author'])
    .default('approval')
    .describe('author: only owners may change a resource; an approval by one of them is not enough.'),
  administrators: z
    .array(owner)
    .default([])
    .describe('The mesh administrators; empty: the owners of the primaries concerned.'),
})

const ignoredKey = z
  .string()
  .regex(/^(?:[a-z0-9][-a-z0-9.]*\/)?[A-Za-z0-9][-A-Za-z0-9_.]*$/, code('key'))
  .superRefine((key, context) => {
    if (isDecisiveKey(key)) context.addIssue(refinement({ code: 'decisive-key', text: key }))
  })

const consent = z.strictObject({
  inherited: z
    .enum(['require-approval', 'report'])
    .default('require-approval')
    .describe("report: a team is told, not asked, when only its primary's fields change its traffic."),
  certain: z
    .enum(['all', 'only'])
    .default('all')
    .describe('only: changes that may not happen are listed, not asked about.'),
  many: z
    .int()
    .min(0, code('negative'))
    .max(10_000, code('too-many'))
    .default(5)
    .describe(
      'Where more teams than this are touched by inherited changes, or by metadata, alone, a second administrator stands in.',
    ),
  ignore: z
    .array(ignoredKey)
    .default([
      ...['name', 'version', 'component', 'part-of', 'managed-by'].map((key) => `app.kubernetes.io/${key}`),
      'helm.sh/chart',
    ])
    .describe('Keys of labels and annotations that anybody may write into a file of another team.'),
})

const bot = z.strictObject({
  login: text.describe('As GitHub shows it: an app has [bot] at the end.'),
  for: owner.describe('The owner for whom it acts.'),
  may: z
    .array(z.enum(['weights', 'metadata']))
    .describe(
      'What it may change on its own: weights of destinations; labels and annotations that decide nothing.',
    ),
})

const suppression = z.strictObject({
  rule: text,
  resource: z
    .string()
    .regex(/^[^\s/]+\/[^\s/]+$/, code('resource'))
    .describe('namespace/name'),
  kind: z
    .string()
    .regex(/^(?:[a-z0-9][-a-z0-9.]*\/)?[A-Za-z][A-Za-z0-9]*$/, code('kind'))
    .optional()
    .describe(
      'The kind of the resource, such as networking.istio.io/DestinationRule; a VirtualService where it is left out.',
    ),
  reason: text,
  until: z.iso.date(code('date')).describe('The last day on which it counts.'),
})

const comments = z.strictObject({
  summary: when.default('others').describe('When to write the summary comment.'),
  review: when.default('others').describe('When to comment on changed lines.'),
})

/** `.github/firebreak.yml` as people write it; everything may be left out. */
export const configurationSchema = z.strictObject({
  manifests: manifests.prefault({}),
  meshes: z
    .array(mesh)
    .default([])
    .describe('Which files belong to which mesh; empty: found out from the folders.'),
  units: z
    .array(unit)
    .default([])
    .describe(
      'What is applied at once, where no deployer in the repository says so. A folder with two meshes stands there twice.',
    ),
  namespaces: z
    .array(namespaceRule)
    .default([])
    .describe('The namespace of manifests that do not name one; the first entry that matches decides.'),
  render: render.prefault({}),
  istio: istio.prefault({}),
  complete: z.boolean().default(true).describe('false: secondaries may live in other repositories.'),
  external: z
    .array(externalName)
    .default([])
    .describe('Secondaries that something else delivers, as globs of namespace/name: "istio-system/*".'),
  snapshots: z
    .array(snapshot)
    .default([])
    .describe(
      'What clusters have, as kubectl get virtualservices,gateways -A -o yaml prints it: settles creation order, namespaces and what other repositories deliver.',
    ),
  ignoreFields: z
    .array(z.enum(['flagger', 'argo-rollouts']))
    .default([])
    .describe('Whose weights are not compared where a Canary or a Rollout here names the routes.'),
  ignoreWeights: z
    .array(externalName)
    .default([])
    .describe(
      'VirtualServices, as globs of namespace/name, whose weights something outside this repository sets.',
    ),
  ownership: ownership.prefault({}),
  consent: consent.prefault({}),
  bots: z.array(bot).default([]),
  override: z.boolean().default(false).describe('true: administrators may set a verdict aside by a review.'),
  mode: z
    .enum(['enforce', 'observe'])
    .default('enforce')
    .describe('observe: the same report, but the check always succeeds.'),
  approvals: z
    .strictObject({
      stale: z
        .enum(['dismiss', 'keep'])
        .default('dismiss')
        .describe('keep: an approval of an older commit counts for what has not changed since.'),
    })
    .prefault({}),
  rules: z.record(z.string(), effect).default({}).describe('What a finding of each rule leads to.'),
  comments: comments.prefault({}),
  suppress: z.array(suppression).default([]).describe('Findings to live with for a while.'),
})

/** What the schema makes of a file: everything filled in. */
export type Configuration = z.output<typeof configurationSchema>
