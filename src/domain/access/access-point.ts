/** What is known of the clients and sockets where requests arrive: one port of some pods. */
export interface AccessPoint {
  /** Clients may have certificates; without, nobody is anybody. */
  readonly mayHaveCertificates: boolean
  /** Tokens may be checked; without, nobody has one. */
  readonly mayHaveTokens: boolean
  /** TLS may be spoken, so that a name was asked for. */
  readonly maySpeakTls: boolean
  /** The ports of the pods on which these requests arrive; absent where it is not known. */
  readonly sockets?: readonly number[]
  /** Whoever CUSTOM may ask; absent where it is not known. */
  readonly providers?: readonly string[]
}
