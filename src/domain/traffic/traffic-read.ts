/** What was read of some logs. */
export interface TrafficRead {
  readonly files: number
  /** Folders, links and pipes in a folder of logs, which are not looked into. */
  readonly skipped: number
  readonly lines: number
  /** Lines of what VirtualServices do not route: connections of TCP, tunnels, what comes in at a sidecar. */
  readonly others: number
  readonly unreadable: number
  /** The first line that nobody can read. */
  readonly firstUnreadable?: { readonly file: string; readonly line: number }
  /** Files that could not be read to their end, by their names. */
  readonly broken: readonly string[]
  /** The budget did not suffice: the rest was not looked at. */
  readonly cut: boolean
}
