/** GitHub names the pull request of a group in the name of its branch alone; one of each name was ever seen. */
const queueBranch = /^(?:refs\/heads\/)?gh-readonly-queue\/.+\/pr-(?<number>\d{1,9})-[0-9a-f]+$/

/** The pull request whose turn in a merge queue has this branch; undefined where it is no branch of a queue. */
export function queuedOn(ref: string): number | undefined {
  const number = queueBranch.exec(ref)?.groups?.['number']
  return number === undefined ? undefined : Number(number)
}
