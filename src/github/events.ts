/** What the App subscribes to (`app.yml`), each with what it does not learn without it. */
export const subscribedEvents = {
  pull_request: 'new commits and other bases are not judged',
  pull_request_review: 'approvals, and requests for changes, do not count until something else happens',
  push: 'verdicts stay as they are when their base moves, and what was pushed past the gate is not told',
  repository: 'verdicts stay as they are when another branch becomes the default one',
  merge_group: 'a merge queue waits in vain',
  membership: 'approvals count on although somebody has left a team',
  team: 'approvals count on although a team is no more',
  organization: 'approvals count on although somebody has left the organization',
  member: 'approvals count on although somebody may no longer write',
} as const satisfies Readonly<Record<string, string>>

/** What GitHub sends to every App, or with a permission that it has. */
const automaticEvents = ['check_run', 'check_suite', 'installation', 'installation_repositories', 'ping']

/** Everything that GitHub sends us; another name is somebody's mistake. */
export const knownEvents: readonly string[] = [
  ...Object.keys(subscribedEvents),
  ...automaticEvents,
].toSorted()
