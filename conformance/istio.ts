import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LineProgram, startLineProgram } from './children.ts'
import type { KubernetesObject, Pod } from './mesh.ts'

const program = process.env['ISTIO_ORACLE'] ?? join(import.meta.dirname, 'istio/istio')

/** Whether the program is built: `npm run build:conformance`. */
export const hasIstio = existsSync(program)

/** What Istio's control plane makes of the objects that its webhook admits. */
export interface IstioAnswer {
  /** Nothing where the webhook admits the object, else what it says; in the order of the objects. */
  readonly verdicts: readonly string[]
  /** In the order of the pods. */
  readonly proxies: readonly IstioProxy[]
  readonly error?: string
}

/** What one pod is sent: its listeners as far as they hold HTTP, and Envoy's RouteConfigurations by name. */
export interface IstioProxy {
  readonly ports: readonly ProxyPort[]
  readonly routes: Readonly<Record<string, RouteConfiguration>>
  /** By their names, where they are asked for. */
  readonly clusters?: Readonly<Record<string, unknown>>
}

/** A listener: TLS picks one of its chains by name. */
export interface ProxyPort {
  readonly number: number
  readonly chains: readonly {
    readonly serverNames?: readonly string[]
    readonly tls?: boolean
    readonly routeName: string
    readonly manager: Json
    /** What refuses requests before a route is looked for. */
    readonly access?: readonly Json[]
  }[]
}

export type Json = Readonly<Record<string, unknown>>

/** Envoy's, as far as it is looked into. */
export interface RouteConfiguration extends Json {
  readonly virtual_hosts?: readonly VirtualHost[]
}

interface VirtualHost extends Json {
  readonly routes?: readonly EnvoyRoute[]
}

/** One route of Envoy. */
export interface EnvoyRoute extends Json {
  readonly name?: string
  readonly match: Json
  readonly route?: Json
  readonly redirect?: Json
  readonly direct_response?: Json
}

/** What is asked for besides, and of what. */
interface Wanted {
  readonly clusters?: true
  /** Whether the controllers that convert objects of Kubernetes take part: slower, and only needed for those. */
  readonly controllers?: true
}

/** The control plane, asked one side after the other. */
export interface Istio {
  answer(objects: readonly KubernetesObject[], pods: readonly Pod[], options?: Wanted): Promise<IstioAnswer>
  end(): void
}

/** Starts the program. */
export function startIstio(): Istio {
  const lines: LineProgram = startLineProgram(program)
  return {
    async answer(objects, pods, options = {}) {
      const answer = await lines.ask<IstioAnswer>({ objects, pods, ...options })
      if (answer.error !== undefined) throw new Error(`Istio gave up: ${answer.error}`)
      return answer
    },
    end: lines.end,
  }
}

/** A key and a certificate that signs itself, for servers that speak TLS. */
export function certificate(): { readonly key: string; readonly chain: string } {
  return JSON.parse(execFileSync(program, ['-certificate'], { encoding: 'utf8' })) as ReturnType<
    typeof certificate
  >
}

/** The version of the module that the program is built from. */
export function istioVersion(): string {
  const lines = readFileSync(join(import.meta.dirname, 'istio/go.mod'), 'utf8')
  return /^\s*istio\.io\/istio (\S+)/m.exec(lines)?.[1] ?? 'of an unknown version'
}
