/** `major.minor` of the control plane whose rules apply (`features`). */
export interface IstioVersion {
  readonly major: number
  readonly minor: number
}
