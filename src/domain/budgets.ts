import { type Budget, budget } from './budget.ts'
import { deployedBudgets } from './budgets-deployed.ts'
import { forgeBudgets } from './budgets-forge.ts'
import { shownBudgets } from './budgets-shown.ts'
import { trafficBudgets } from './budgets-traffic.ts'

const kibi = 1024
const mebi = kibi * kibi

/**
 * Every number that limits work or size, on one page, what is shown on the next. Work is counted, so that equal input gives up at the same place on every
 * machine; timed is only what nothing can be counted in. `docs/budgets.md` is held to this by a test.
 */
export const budgets = {
  ...deployedBudgets,

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

  // A judgement as a whole: whatever else is counted in edges is taken from one of these, too
  judgement: budget(24_000_000, 'edges', 'uncertain', 'comparing both sides and asking all rules, together'),
  judgementOfAll: budget(
    16,
    'edges a character',
    'uncertain',
    'what is added to that where all that is wrong on both sides is asked for',
  ),
  tryingOut: budget(12_000_000, 'edges', 'unsaid', 'trying all ways out, together'),
  saying: budget(6_000_000, 'edges', 'plainer', 'all sentences of one form of a verdict, together'),

  // Comparing
  comparison: budget(10_000_000, 'edges', 'uncertain', 'all comparisons of a pull request'),
  narrowing: budget(500_000, 'edges', 'uncertain', 'finding whom requests touch that could not be compared'),
  orders: budget(
    24,
    'orders',
    'uncertain',
    'the orders of creation that are tried for one group of paths, or for the DestinationRules of one host',
  ),
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
  policySets: budget(5_000_000, 'edges', 'uncertain', 'what the policies at one port of a gateway take'),
  policyText: budget(20_000, 'characters', 'uncertain', 'the values of one list in a policy'),
  copies: budget(16, 'combinations', 'uncertain', 'the ways in which copies may live that are compared'),
  shownCopies: budget(
    32,
    'combinations',
    'counted',
    'the ways in which copies may live that tables are shown for',
  ),
  absences: budget(16, 'objects', 'uncertain', 'objects that may be missing and are left out one by one'),

  // Words for sets
  sayingRequests: budget(3_000_000, 'edges', 'plainer', 'saying the requests of all changes in few words'),
  sayingJoined: budget(300_000, 'edges', 'plainer', 'joining the requests of changes that are told alike'),
  sayingSet: budget(300_000, 'edges', 'plainer', 'looking for words for one set'),
  sayingLeast: budget(2_000, 'edges', 'plainer', 'the same where nothing is left of the whole'),
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
  passingRequests: budget(
    1_000_000,
    'values',
    'unsaid',
    'those of policies with which requests are compared that may pass one that denies',
  ),
  passingExamples: budget(10, 'hosts or paths', 'unsaid', 'those of one operation that are tried so'),
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
  mergedVariants: budget(
    4,
    'variants',
    'forgotten',
    'what one VirtualService was merged with lately, and hosts whose tables are made of the same',
  ),
  parsedText: budget(
    4 * mebi,
    'characters',
    'forgotten',
    'the files of which it is remembered what their documents are read as',
  ),
  documents: budget(10_000, 'documents', 'fault', 'one file of manifests'),
  depth: budget(200, 'levels', 'fault', 'open collections at one place'),
  aliases: budget(100_000, 'nodes', 'fault', 'what the aliases of one document stand for'),
  settings: budget(128 * kibi, 'characters', 'fault', 'the configuration, or a file of members'),
  routeTests: budget(10_000, 'tests', 'fault', 'the route tests of one side'),
  codeowners: budget(3 * mebi, 'bytes', 'fault', 'CODEOWNERS, as GitHub loads it'),
  glob: budget(1_000, 'characters', 'fault', 'a pattern of paths in the configuration'),
  globAlternatives: budget(1_000, 'alternatives', 'fault', 'a pattern of paths in the configuration'),
  globSteps: budget(2_000, 'steps', 'forgotten', 'what is remembered of one alternative of such a pattern'),
  embedded: budget(3, 'levels', 'unsaid', 'manifests within texts of manifests'),
  commands: budget(1_000, 'calls', 'all', 'programs that one object has run'),
  variableValues: budget(16, 'values', 'all', 'what one variable of a script stands for'),
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

  ...trafficBudgets,
  ...shownBudgets,

  ...forgeBudgets,
} as const satisfies Readonly<Record<string, Budget>>

/** The name of a budget, by which a doubt says which one did not suffice. */
export type BudgetName = keyof typeof budgets
