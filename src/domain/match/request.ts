/**
 * One concrete request as a proxy sees it. `authority` has no port; `path` starts with `/` and may hold a `?query`;
 * header names are lower-case. `port` is the port of the listener that accepted it.
 */
export interface Request {
  readonly method: string
  readonly scheme: string
  readonly authority: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly port?: number
  /** The name that TLS asks for (SNI); absent where it is the host. */
  readonly sni?: string
  readonly sourceLabels?: Readonly<Record<string, string>>
  readonly sourceNamespace?: string
}
