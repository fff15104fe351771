// The server as it is, but for the pauses in which it waits for GitHub: nobody wants to sit through minutes of them. It judges in threads where
// it is said how long that may take: they take their time to begin.
import { setTimeout } from 'node:timers/promises'
import { judgingHere, startServer } from '../../src/server.ts'
import { readSettings } from '../../src/settings.ts'

await startServer(
  readSettings(),
  {
    pause: (milliseconds) => setTimeout(milliseconds / 200),
    today: () => new Date().toISOString().slice(0, 10),
    now: () => Date.now(),
  },
  process.env['JUDGING_SECONDS'] === undefined ? judgingHere : undefined,
)
