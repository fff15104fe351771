/**
 * Whether a file by its name holds something that is compared with, not applied: the assertions of the test tools
 * kuttl and chainsaw (`00-assert.yaml`, `01-errors.yaml`).
 */
export function isPartialFile(path: string): boolean {
  return /(?:^|\/)\d\d-(?:assert|errors?)[^/]*\.ya?ml$/.test(path)
}
