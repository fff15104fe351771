/** What is told on lines besides findings, in the order of the catalogue. */
export const alertRules = {
  'dropped-traffic': 'Requests that a route answers today, and none after the merge.',
  'moved-traffic': 'Requests that another team answers after the merge.',
  'captured-traffic': 'Requests that were given to one team, and that another answers after the merge.',
  'changed-traffic': 'Requests of another team that are treated differently after the merge.',
  'missing-approval': 'A team that has to agree before the merge, and has not.',
} as const satisfies Readonly<Record<string, string>>

/** One of them. */
export type AlertRule = keyof typeof alertRules
