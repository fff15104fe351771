/** How often a law is tried: some times with all the tests, and many times by `npm run test:laws`, at night. */
export function runs(daily: number, nightly: number): number {
  return process.env['LAWS'] === 'nightly' ? nightly : daily
}
