import { enumerateWords } from '../language/enumerate-words.ts'
import type { End } from '../routing/action.ts'
import type { EffectiveRoute } from '../routing/route-table.ts'
import { code } from './code.ts'

/** Where a route sends its requests, in a few words: `productpage`, `301 to /new`, `a fixed 503`. */
export function actionWords({ outcome }: EffectiveRoute): string {
  const { action } = outcome
  switch (action.kind) {
    case 'redirect': {
      const target = `${action.authority ?? ''}${action.uri ?? action.prefixRewrite ?? ''}`
      return `${action.redirectCode}${target === '' ? '' : ` to ${code(target)}`}`
    }
    case 'directResponse':
      return `a fixed ${action.status ?? ''}`
    case 'route':
      return destinations(action.destinations)
    default:
      return 'no destination'
  }
}

function destinations(all: readonly End[]): string {
  const names = all.map(({ host = '', subset }) =>
    code(`${shortHost(host)}${subset === undefined ? '' : ` ${subset}`}`),
  )
  return enumerateWords([...new Set(names)].slice(0, 3), 'and', Math.max(0, names.length - 3))
}

function shortHost(host: string): string {
  const [name = '', , svc] = host.split('.')
  return svc === 'svc' ? name : host
}
