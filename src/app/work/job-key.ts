import type { Job } from '../ports.ts'

/** One job for each pull request, each commit of a merge queue and each push; GitHub compares names without case. */
export function jobKey(job: Job): string {
  const repository = `${job.owner}/${job.repo}`.toLowerCase()
  if ('push' in job) return `${repository}@${job.push.after} ${job.push.branch}`
  return `${repository}#${job.number} ${job.group?.sha ?? ''}`.toLowerCase()
}
