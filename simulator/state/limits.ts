/** GitHub's documented limits, lowered by tests that want to meet them. */
export interface Limits {
  readonly treeEntries: number
  readonly pullRequestFiles: number
  readonly compareFiles: number
  readonly patchBytes: number
  readonly patchLines: number
  readonly deliveryTimeout: number
}

/** GitHub's own figures (REST reference: git trees, pulls, compare; "Repository limits"; webhooks). */
export const githubLimits: Limits = {
  treeEntries: 100_000,
  pullRequestFiles: 3000,
  compareFiles: 300,
  patchBytes: 500_000,
  patchLines: 20_000,
  deliveryTimeout: 10_000,
}
