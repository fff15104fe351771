import { type Budget, budget } from './budget.ts'

const mebi = 1024 * 1024

/** What it takes to find out what clusters receive, as part of all budgets. */
export const deployedBudgets = {
  deployerRounds: budget(8, 'rounds', 'not-known', 'objects that deliver others that deliver others'),
  clusterPairs: budget(
    16,
    'pairs',
    'not-known',
    'clusters that are spelled in two ways, each taken for the other once, and those that count as one mesh, each by itself',
  ),
  generation: budget(
    5_000_000,
    'characters and steps',
    'not-known',
    'what the ApplicationSets of one side write and go through',
  ),
  parametersWork: budget(
    100,
    'steps',
    'not-known',
    'what one set of parameters of an ApplicationSet counts for',
  ),
  nestedGenerators: budget(1, 'levels', 'not-known', 'combined generators within combined generators'),
  templateDepth: budget(50, 'levels', 'not-known', 'blocks and brackets of a template within one another'),
  templateIndent: budget(100, 'columns', 'not-known', 'how far a template indents a text'),
  parsedTemplates: budget(10_000, 'templates', 'forgotten', 'the templates that are remembered as read'),
  patternChoices: budget(1_000, 'patterns', 'all', 'what the braces of one pattern stand for'),
  filledIn: budget(
    16 * mebi,
    'characters',
    'not-known',
    'values of variables that are written into one unit',
  ),
  chartFiles: budget(5_000, 'files', 'not-known', 'the charts of one release'),
  chartBytes: budget(32 * mebi, 'bytes', 'not-known', 'the charts of one release'),
  chartSeconds: budget(60, 'seconds', 'not-known', 'helm, for one release of one side'),
  chartOutput: budget(16 * mebi, 'bytes', 'not-known', 'what helm prints of one release'),
  chartOutputs: budget(64 * mebi, 'characters', 'not-known', 'what helm prints for one pull request'),
  chartMemory: budget(4 * mebi, 'kibibytes', 'not-known', 'the address space of helm'),
  chartRenders: budget(100, 'renderings', 'not-known', 'what helm renders for one pull request'),
  chartKills: budget(
    3,
    'renderings',
    'not-known',
    'those of one pull request that have to be ended by force',
  ),
  chartMemo: budget(32 * mebi, 'characters', 'forgotten', 'what helm has printed and is remembered'),
  chartComplaint: budget(500, 'characters', 'counted', 'what helm says of a chart that fails'),
  boundSecondaries: budget(16, 'pairs', 'uncertain', 'secondaries and delegates that placeholders may join'),
  template: budget(100_000, 'characters', 'unsaid', 'a template of a chart that is looked through'),
  chartDepth: budget(8, 'charts', 'all', 'charts within charts whose values are followed'),
  chartFamily: budget(50, 'charts', 'all', 'charts whose templates may be included in one'),
  templateTokens: budget(1_000, 'tokens', 'all', 'one action of a template'),
  blockDepth: budget(
    100,
    'levels',
    'all',
    'blocks within blocks of a template, and includes within includes',
  ),
  templateSteps: budget(20_000, 'steps', 'all', 'what one template of a chart reads, by what it includes'),
  buildNotes: budget(3, 'notes', 'counted', 'faults of builds beside a finding'),
  judgedCopies: budget(8, 'files', 'unsaid', 'changed copies of objects that the rules judge one by one'),
} as const satisfies Readonly<Record<string, Budget>>
