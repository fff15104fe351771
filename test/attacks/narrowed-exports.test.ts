import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'

const primary = 'mesh/bookinfo.yaml'
const text = String(bookinfoFiles()[primary])
const exported = (exportTo: string | undefined, hosts = '"*"') =>
  text
    .replace('    - "*"', `    - ${hosts}`)
    .replace('  http:', `${exportTo === undefined ? '' : `  exportTo: ${exportTo}\n`}  http:`)

/** The administrators export their primary to fewer namespaces; the pods of its gateway are somewhere. */
const stopped = (way: string, after: string, before?: string, setting: Setting = {}): Attempt => ({
  way,
  by: 'maya',
  setting: { ...setting, files: { ...setting.files, ...(before !== undefined && { [primary]: before }) } },
  files: { [primary]: after },
  conclusion: 'action_required',
  waitsFor: ['catalog', 'login'],
  silentOn: /no mesh manifest touched|no request changes|no other team is affected/,
})
const harmless = (way: string, after: string, before?: string, setting: Setting = {}) => ({
  way,
  by: 'maya',
  setting: { ...setting, files: { ...setting.files, ...(before !== undefined && { [primary]: before }) } },
  files: { [primary]: after },
})
/** Two files hold the primary: one of them for its own namespace, the other for all. */
const copies = { files: { 'mesh/copy.yaml': exported(undefined) } }
const edge = { configuration: 'istio: { gatewayNamespaces: [edge] }\n' }

testAttackClass('a primary that the pods of its gateway may see no more', {
  attack: stopped('exported to its own namespace alone', exported('["."]')),
  variants: [
    stopped('by the name of its namespace', exported('[default]')),
    stopped('to another', exported('[istio-ingress]')),
    stopped('to several', exported('[edge, istio-system]')),
    stopped('to all before, in so many words', exported('["."]'), exported('["*"]')),
    stopped('to one fewer', exported('[edge]'), exported('[edge, istio-system]')),
    stopped('to another than before', exported('[edge]'), exported('[istio-system]')),
    stopped('to its own instead of another', exported('["."]'), exported('[istio-system]')),
    stopped('its host is one alone', exported('["."]', 'shop.example'), exported(undefined, 'shop.example')),
    stopped('over several lines', exported('\n    - .')),
    stopped('beside a comment', `# narrowed\n${exported('["."]')}`),
    stopped('in both of two copies', exported('["."]'), exported(undefined), copies),
    stopped('in another order, and one fewer', exported('[b, a]'), exported('[a, b, c]')),
  ],
  neighbours: [
    harmless('to all', exported('["*"]')),
    harmless('to all, written no more', exported(undefined), exported('["*"]')),
    harmless('to one more', exported('[edge, istio-system]'), exported('[edge]')),
    harmless('to all again', exported(undefined), exported('["."]')),
    harmless('in another order', exported('[b, a]'), exported('[a, b]')),
    harmless('its own namespace by its name', exported('[default]'), exported('["."]')),
    harmless('to the namespace of the pods', exported('[edge]'), undefined, edge),
    harmless('to that and its own', exported('[".", edge]'), undefined, edge),
    harmless('in one of two copies, since long', `# ours\n${exported('["."]')}`, exported('["."]'), copies),
    harmless('a comment beside it', `# ours\n${exported('["."]')}`, exported('["."]')),
    harmless(
      'a label beside it',
      exported('["."]').replace('metadata:', 'metadata:\n  labels: { a: b }'),
      exported('["."]'),
    ),
    harmless('another layout', exported('\n    - .'), exported('["."]')),
  ],
})
