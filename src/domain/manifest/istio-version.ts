/** `major.minor` of the control plane whose rules apply. */
export interface IstioVersion {
  readonly major: number
  readonly minor: number
}

/** Whether `version` is 1.`minor` or newer. */
export function isSince(version: IstioVersion, minor: number): boolean {
  return version.major > 1 || (version.major === 1 && version.minor >= minor)
}
