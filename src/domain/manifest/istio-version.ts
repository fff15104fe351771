/** `major.minor` of the control plane whose rules apply (`features`). */
export interface IstioVersion {
  readonly major: number
  readonly minor: number
}

/** What a control plane is taken for whose version nobody has said. */
export const assumedVersion: IstioVersion = { major: 1, minor: 30 }

/** As people write it: `1.30`. */
export function versionText({ major, minor }: IstioVersion): string {
  return `${major}.${minor}`
}
