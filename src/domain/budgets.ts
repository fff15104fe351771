/** What happens beyond a budget. */
export const beyond = {
  uncertain: 'It is not looked into: a change that hangs on it names a doubt.',
  unsaid: 'Nothing is claimed.',
  plainer: 'It is said in plainer words.',
  counted: 'The rest is counted, not shown.',
  fault: 'It is not read, and a finding says so.',
  all: 'It is taken to mean everything that it could.',
  forgotten: 'The oldest is worked out anew when it is needed.',
  waits: 'The others wait their turn.',
  'gives-up': 'The evaluation fails, says why, and is tried again when asked for.',
  refused: 'GitHub would refuse it: it is cut, or sent in several parts.',
  'not-known': 'It counts as not known, and whatever hangs on it does not pass.',
} as const

/** One limit of work or of size. */
export interface Budget {
  readonly size: number
  readonly unit: string
  readonly beyond: keyof typeof beyond
  /** What it limits. */
  readonly of: string
}

function budget(size: number, unit: string, after: keyof typeof beyond, of: string): Budget {
  return { size, unit, beyond: after, of }
}

const kibi = 1024
const mebi = kibi * kibi

/**
 * Every number that limits work or size, on one page. Work is counted, so that equal input gives up at the same place on every
 * machine; only helm, which is not ours to count in, is timed. `docs/budgets.md` is held to this by a test.
 */
export const budgets = {
  // What is deployed
  deployerRounds: budget(8, 'rounds', 'not-known', 'objects that deliver others that deliver others'),
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
  chartComplaint: budget(500, 'characters', 'counted', 'what helm says of a chart that fails'),
  boundSecondaries: budget(16, 'pairs', 'uncertain', 'secondaries and delegates that placeholders may join'),
  template: budget(100_000, 'characters', 'unsaid', 'a template of a chart that is looked through'),
  chartDepth: budget(8, 'charts', 'all', 'charts within charts whose values are followed'),
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
  // Sets of strings
  operation: budget(
    20_000,
    'states',
    'uncertain',
    'one operation on sets of strings; what its operands have together is always allowed',
  ),
  largestOperation: budget(
    400_000,
    'states',
    'uncertain',
    'one operation on sets of strings, however large its operands',
  ),
  edgesPerState: budget(16, 'edges a state', 'uncertain', 'an automaton, on the average'),
  patternWork: budget(
    100,
    'instructions a state',
    'uncertain',
    'the states of one regular expression, on the average',
  ),
  pattern: budget(20_000, 'states', 'uncertain', 'the automaton of one regular expression'),
  patternStart: budget(
    100,
    'states',
    'uncertain',
    'the literal that a pattern too large for an automaton starts with',
  ),
  program: budget(100_000, 'instructions', 'uncertain', 'the program of one regular expression'),
  remembered: budget(
    400_000,
    'states, instructions or characters',
    'forgotten',
    'what is remembered of expressions, of literals, and of how sets are said, each',
  ),

  // Comparing
  comparison: budget(20_000_000, 'edges', 'uncertain', 'all comparisons of a pull request'),
  narrowing: budget(500_000, 'edges', 'uncertain', 'finding whom requests touch that could not be compared'),
  orders: budget(24, 'orders', 'uncertain', 'the orders of creation that are tried for one group of paths'),
  orderedVirtualServices: budget(
    4,
    'VirtualServices',
    'uncertain',
    'those whose every order of creation is tried',
  ),
  followedBoxes: budget(
    2_000,
    'boxes',
    'uncertain',
    'the requests that are followed through a list of routes',
  ),
  requestBoxes: budget(4_000, 'boxes', 'uncertain', 'one set of requests'),
  copies: budget(16, 'combinations', 'uncertain', 'the ways in which copies may live that are compared'),
  absences: budget(16, 'objects', 'uncertain', 'objects that may be missing and are left out one by one'),

  // Words for sets
  sayingRequests: budget(3_000_000, 'edges', 'plainer', 'saying the requests of all changes in few words'),
  sayingSet: budget(300_000, 'edges', 'plainer', 'looking for words for one set'),
  namedSet: budget(2_000, 'states', 'plainer', 'a set that is said by the name of a pattern'),
  namesLookedAt: budget(400, 'names', 'plainer', 'the names tried for one set'),
  namesAround: budget(4, 'patterns', 'plainer', 'the patterns tried around a set'),
  listedExactly: budget(100, 'items', 'plainer', 'a list of exceptions'),
  listedCharacters: budget(64, 'characters', 'plainer', 'a range that is listed character by character'),
  items: budget(6, 'items', 'counted', 'the paths or values of one set in a sentence'),
  parts: budget(3, 'parts', 'counted', 'the parts of a set of requests in a message'),

  // Rules
  reach: budget(3_000_000, 'pairs of routes', 'unsaid', 'which routes of a mesh some request reaches'),
  reachSets: budget(5_000_000, 'edges', 'unsaid', 'the sets of requests that this takes'),
  meeting: budget(1_000, 'routes', 'unsaid', 'the routes before one that nothing simple proves reachable'),
  leftBoxes: budget(500, 'boxes', 'unsaid', 'what some routes leave of a set of requests'),
  sharing: budget(
    200,
    'VirtualServices',
    'unsaid',
    'those on one host of whose catch-alls something is claimed',
  ),
  reasons: budget(5_000_000, 'edges', 'unsaid', 'the reasons why routes are never reached'),
  exhaustiveCover: budget(12, 'routes', 'plainer', 'those among which the fewest reasons are found exactly'),
  pairedCover: budget(40, 'routes', 'plainer', 'those among which every pair of reasons is tried'),
  contests: budget(5_000_000, 'edges', 'plainer', 'the contests of one mesh'),
  contestGroups: budget(
    64,
    'groups of paths',
    'unsaid',
    'the groups of one table that are searched for contests',
  ),
  escape: budget(500_000, 'edges', 'plainer', 'what one pair of matches lets in'),
  unclaimed: budget(500_000, 'edges', 'unsaid', 'what one delegate leaves unclaimed'),
  unclaimedBoxes: budget(200, 'boxes', 'unsaid', 'what one delegate leaves unclaimed'),
  fate: budget(500_000, 'edges', 'unsaid', 'what would happen to requests that are lost'),
  fateRoutes: budget(400, 'routes', 'unsaid', 'those that may answer requests that are lost'),
  trialText: budget(2_000_000, 'characters', 'unsaid', 'the manifests that are judged to try ways out'),
  trialChanges: budget(20, 'changes', 'unsaid', 'a pull request for which ways out are tried'),
  trials: budget(6, 'trials', 'unsaid', 'ways out that are tried'),
  trialsPerKind: budget(3, 'trials', 'unsaid', 'ways out of one kind that are tried'),
  wayOutPaths: budget(2, 'paths', 'unsaid', 'what a way out gives to a secondary'),
  wayOutValues: budget(2, 'values', 'unsaid', 'what a way out tries for one match'),
  findingsOfAKind: budget(5, 'findings', 'counted', 'findings of one kind that are shown in a report'),
  problems: budget(100, 'problems', 'counted', 'those of one object or document'),

  // Reading
  file: budget(5 * mebi, 'characters', 'fault', 'one file of manifests'),
  documents: budget(10_000, 'documents', 'fault', 'one file of manifests'),
  depth: budget(200, 'levels', 'fault', 'open collections at one place'),
  aliases: budget(100_000, 'nodes', 'fault', 'what the aliases of one document stand for'),
  settings: budget(128 * kibi, 'characters', 'fault', 'the configuration, or a file of members'),
  codeowners: budget(3 * mebi, 'bytes', 'fault', 'CODEOWNERS, as GitHub loads it'),
  glob: budget(1_000, 'characters', 'fault', 'a pattern of paths in the configuration'),
  globAlternatives: budget(1_000, 'alternatives', 'fault', 'a pattern of paths in the configuration'),
  globSteps: budget(2_000, 'steps', 'forgotten', 'what is remembered of one alternative of such a pattern'),
  embedded: budget(3, 'levels', 'unsaid', 'manifests within texts of manifests'),
  placeholderText: budget(2_000, 'characters', 'all', 'a text with placeholders'),
  placeholderDepth: budget(8, 'levels', 'all', 'placeholders within placeholders'),
  placeholderPlace: budget(300, 'characters', 'all', 'a place that is searched for placeholders'),
  layerRounds: budget(5, 'rounds', 'not-known', 'files that name files that are read'),
  closure: budget(5_000_000, 'entries', 'all', 'what layers lead to'),
  relatives: budget(100_000, 'kustomizations', 'all', 'those that build upon one another'),
  searched: budget(100_000, 'kustomizations', 'all', 'those that are searched for variables'),
  ignoreLines: budget(1_000, 'lines', 'all', 'a file that says what is ignored'),
  attributeLines: budget(1_000, 'lines', 'all', '`.gitattributes`'),
  attributeMacros: budget(10, 'levels', 'all', 'macros within macros of `.gitattributes`'),

  // What is shown
  excerpt: budget(60, 'characters', 'counted', 'a text of a manifest in a sentence'),
  conflictPaths: budget(5, 'paths', 'counted', 'files of a conflict that are named'),
  quotedWord: budget(80, 'characters', 'counted', 'a word of CODEOWNERS in a message'),
  path: budget(300, 'characters', 'counted', 'a path in a message'),
  code: budget(160, 'characters', 'counted', 'a span of code'),
  title: budget(80, 'characters', 'plainer', 'the title of a check'),
  sourceLine: budget(120, 'characters', 'counted', 'a line of a manifest in a terminal'),
  edits: budget(2_000, 'lines', 'plainer', 'the differences of two route tables'),
  editedLines: budget(1_000, 'lines', 'plainer', 'the differences of two files'),
  graphNodes: budget(50, 'nodes', 'plainer', 'the graph of delegation in a comment'),
  annotations: budget(250, 'annotations', 'counted', 'one check run'),
  annotation: budget(16_000, 'characters', 'counted', 'one annotation'),
  reviewComments: budget(10, 'comments', 'counted', 'review comments on one pull request'),
  comment: budget(65_536, 'characters', 'refused', 'a comment'),
  checkText: budget(65_535, 'characters', 'refused', 'the summary, or the text, of a check run'),
  commentRows: budget(6, 'rows', 'counted', 'the table of a comment'),
  checkRows: budget(20_000, 'characters', 'counted', 'the table of a check'),
  introduced: budget(10_000, 'characters', 'counted', 'new findings in a check'),
  existing: budget(4_000, 'characters', 'counted', 'findings of both sides in a check'),
  fixed: budget(3_000, 'characters', 'counted', 'findings that are gone in a check'),
  assumptions: budget(4_000, 'characters', 'counted', 'what was taken for granted'),
  obstructions: budget(4_000, 'characters', 'counted', 'what stands in the way of a verdict'),
  askedTeams: budget(8_000, 'characters', 'counted', 'why teams are asked'),
  teamNames: budget(6_000, 'characters', 'counted', 'the names of teams'),
  checkTables: budget(12_000, 'characters', 'counted', 'the route tables of a check, together'),
  checkTableCount: budget(8, 'tables', 'counted', 'the route tables of a check'),
  commentTable: budget(3_000, 'characters', 'counted', 'one route table of a comment'),
  commentTables: budget(4, 'tables', 'counted', 'the route tables of a comment'),
  tryIt: budget(4_000, 'characters', 'counted', 'requests to try, in a comment'),
  delegations: budget(6_000, 'characters', 'counted', 'who delegates to whom, as a list'),
  doubtNames: budget(5, 'names', 'counted', 'the names in a doubt'),
  doubtPlaces: budget(2, 'places', 'counted', 'where a doubt is written'),
  doubts: budget(3, 'doubts', 'counted', 'why one row is not certain'),

  tableRequests: budget(60, 'characters', 'counted', 'the requests in a line of a route table'),
  tableName: budget(40, 'characters', 'counted', 'a name in a line of a route table'),
  tableAction: budget(80, 'characters', 'counted', 'what happens, in a line of a route table'),
  teams: budget(5, 'teams', 'counted', 'the teams that are named after a merge'),
  overridden: budget(3, 'rules', 'counted', 'the rules that are named where a verdict was set aside'),
  dismissals: budget(5, 'reviews', 'counted', 'dismissed objections that are told'),
  changesLeft: budget(2, 'changes', 'counted', 'what changes in spite of a way out'),
  remedies: budget(4, 'ways', 'counted', 'ways out that are told'),
  spelledPaths: budget(4, 'paths', 'counted', 'the paths of a row in a sentence'),
  notes: budget(5, 'notes', 'counted', 'places beside a finding'),
  fewNotes: budget(4, 'notes', 'counted', 'conflicting matches beside a finding'),

  // GitHub and Git
  manifestBytes: budget(5 * mebi, 'bytes', 'fault', 'a file that is fetched'),
  blobBytes: budget(100 * mebi, 'bytes', 'fault', 'a file that GitHub serves'),
  files: budget(10_000, 'files', 'gives-up', 'what is fetched for one side'),
  linkTarget: budget(4_096, 'bytes', 'fault', 'the target of a symbolic link'),
  folders: budget(500, 'folders', 'gives-up', 'a tree that GitHub cuts off'),
  treeCache: budget(300_000, 'entries', 'forgotten', 'the trees that are remembered'),
  blobCache: budget(64 * mebi, 'bytes', 'forgotten', 'the files that are remembered'),
  annotationBatch: budget(50, 'annotations', 'refused', 'one request to GitHub'),
  checkTitle: budget(255, 'characters', 'refused', 'the title of a check run'),
  annotationMessage: budget(64 * kibi, 'characters', 'refused', 'the message of one annotation'),
  annotationAttempts: budget(3, 'attempts', 'gives-up', 'sending annotations'),
  facts: budget(5_000, 'facts', 'not-known', 'what a check run remembers to have shown'),
  webhook: budget(26 * mebi, 'bytes', 'fault', 'one event'),
  listedCommits: budget(2_048, 'commits', 'all', 'what GitHub lists of a push in its event'),
  queuedCommits: budget(100, 'commits', 'not-known', 'a push of a merge queue'),
  pushes: budget(10, 'pushes', 'not-known', 'pushes by others that are looked into'),
  pushPages: budget(10, 'pages', 'not-known', 'who pushed'),
  mergeBasePages: budget(10, 'pages', 'not-known', 'commits of a branch'),
  meetings: budget(50, 'commits', 'not-known', 'those at which a branch has met its base'),
  teamPages: budget(3, 'pages', 'not-known', 'the members of a team'),
  listedTeams: budget(10, 'teams', 'unsaid', 'those that are searched for somebody who is in several'),
  deliveryPages: budget(30, 'pages', 'gives-up', 'events that may have been lost'),
  deliveryAttempts: budget(3, 'attempts', 'gives-up', 'delivering one event'),
  moves: budget(5, 'moves', 'gives-up', 'how often a pull request moves while it is evaluated'),
  longestWait: budget(120, 'seconds', 'gives-up', 'what GitHub asks to wait'),
  gitTime: budget(120_000, 'milliseconds', 'gives-up', 'one command of Git'),
  gitOutput: budget(256 * mebi, 'bytes', 'gives-up', 'the output of one command of Git'),
  fetches: budget(10, 'requests', 'waits', 'files that are fetched at a time'),
  questions: budget(5, 'requests', 'waits', 'questions to GitHub at a time'),
} as const satisfies Readonly<Record<string, Budget>>

/** The name of a budget, by which a doubt says which one did not suffice. */
export type BudgetName = keyof typeof budgets
