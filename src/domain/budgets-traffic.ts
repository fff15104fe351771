import { type Budget, budget } from './budget.ts'

const kibi = 1024
const gibi = kibi ** 3

/** What is read and kept of logs of requests, as part of all budgets. */
export const trafficBudgets = {
  trafficLine: budget(64 * kibi, 'characters', 'not-known', 'a line of a log of requests'),
  trafficCount: budget(
    1_000_000_000_000,
    'requests',
    'not-known',
    'what one line of counted requests counts for',
  ),
  trafficBytes: budget(64 * gibi, 'bytes', 'gives-up', 'what is read of logs of requests'),
  trafficKeptBytes: budget(gibi, 'bytes', 'gives-up', 'what the App reads of the logs of one repository'),
  trafficKept: budget(
    20_000,
    'requests',
    'counted',
    'the different requests of one repository that the App keeps',
  ),
  trafficRefresh: budget(600, 'seconds', 'forgotten', 'how long the App keeps what it has read of logs'),
  trafficRepositories: budget(20, 'repositories', 'forgotten', 'those whose requests the App keeps'),
  trafficKey: budget(2_000, 'characters', 'forgotten', 'a request that is remembered or kept'),
  trafficFiles: budget(10_000, 'files', 'gives-up', 'the logs in one folder'),
  trafficFates: budget(
    50_000,
    'requests',
    'forgotten',
    'those of which it is remembered what becomes of them',
  ),
  trafficWitnesses: budget(
    2_000,
    'requests',
    'counted',
    'those of one group of changes of which examples are kept',
  ),
  trafficCover: budget(
    20_000,
    'edges',
    'uncertain',
    'whether changes meet a request whatever is not known of it',
  ),
} as const satisfies Readonly<Record<string, Budget>>
