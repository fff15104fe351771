import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { commentsOf, foldedUp, namesOf, remarksOf, textOf } from '../support/read-page.ts'
import { owner as olga, openTheatre, type Proposed, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'

const logs = `    - match:
        - uri:
            prefix: /logs
      route:
        - destination:
            host: reviews.default.svc.cluster.local
            port:
              number: 9080
`
const files = { ...bookinfoFiles() }
files[catalog] = (files[catalog] ?? '').replace('  http:\n', `  http:\n${logs}`)
const ofLogin = files[login] ?? ''

/** vs-1 with this in place of its first match. */
const first = (match: string) => ({ [login]: ofLogin.replace('exact: /login\n', `${match}\n`) })

/** What happened to a pull request, moment by moment, as whoever watches it would tell. */
interface Diary {
  readonly pull: Proposed
  /** Notes what is to be read once everything has settled. */
  note(moment: string): Promise<void>
  expect(name: string): Promise<void>
}

describe('the life of a comment', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  /** A page grows by what has changed since the moment before; what is the same is said to be. */
  function diaryOf(story: Story, pull: Proposed): Diary {
    const pages: string[] = []
    let last: readonly string[] = []
    return {
      pull,
      async note(moment) {
        const { title, conclusion } = await pull.verdict()
        const names = await namesOf(theatre, story, pull)
        const comments = foldedUp(commentsOf(theatre, story, pull, names))
        const remarks = remarksOf(theatre, story, pull, names)
        const { teams } = theatre.github.requestedReviewers(story.repo, pull.number)
        const asked = teams.map((team) => team.replace(story.org, 'bookinfo')).join(', ')
        const now = [
          `**${title}** (${conclusion}; asked for a review: ${asked || 'nobody'})`,
          `### The comment\n\n${comments || '(none)'}`,
          `### On the lines\n\n${remarks.replaceAll('### ', '#### ') || '(none)'}`,
        ]
        const told = now.filter((part, at) => part !== last[at])
        pages.push(`## ${moment}`, ...(told.length === 0 ? ['The same.'] : told))
        last = now
      },
      expect: async (name) => {
        await expect(textOf(pages)).toMatchFileSnapshot(`golden/life-${name}.expected.md`)
      },
    }
  }

  async function told(configuration = ''): Promise<Story> {
    return theatre.story({ files, configuration })
  }

  /** lina takes /logs*, too. */
  async function taking(story: Story): Promise<Diary> {
    const diary = diaryOf(story, await story.propose('lina', first('prefix: /log')))
    await diary.note('lina opens the pull request')
    return diary
  }

  it('from a draft to the merge', async () => {
    const story = await told('approvals: { stale: keep }\n')
    const branch = 'topic'
    await story.push('lina', branch, first('prefix: /log'), { from: 'main' })
    const at = { repo: story.repo, title: 'Change', author: 'lina', head: branch, base: 'main' }
    const number = await theatre.github.openPullRequest({ ...at, draft: true })
    const pull = story.opened(number, branch)
    const diary = diaryOf(story, pull)
    const by = (who: string) => ({ repo: story.repo, number, by: who })
    await diary.note('lina opens it as a draft')
    await theatre.github.markReady(by('lina'))
    await diary.note('lina marks it as ready for review')
    await pull.push('lina', { 'README.md': 'Hello\n' })
    await diary.note('lina pushes a README')
    await pull.approve('carla')
    await diary.note('carla approves')
    await story.push('maya', 'main', { 'docs.md': 'Read me\n' })
    await theatre.github.updateBranch(by('lina'))
    await diary.note('lina presses "Update branch"')
    await story.push('carla', 'main', {
      [catalog]: (files[catalog] ?? '').replace(
        '            prefix: /logs\n',
        '            prefix: /logs\n        - uri:\n            exact: /logbook\n',
      ),
    })
    await diary.note('catalog serves /logbook, too, on main')
    await pull.approve('carla')
    await diary.note('carla approves again')
    await theatre.github.mergePullRequest({ repo: story.repo, number, by: olga })
    await diary.note('olga merges it')
    await diary.expect('merged')
  })

  it('with the suggestion taken', async () => {
    const story = await told()
    const diary = await taking(story)
    await diary.pull.push('lina', first('prefix: /login'))
    await diary.note('lina commits the suggestion')
    await diary.expect('suggestion')
  })

  it('with a reply, and the suggestion taken by force', async () => {
    const story = await told()
    const { pull, ...diary } = await taking(story)
    const [remark] = theatre.github.reviewComments(story.repo, pull.number)
    const at = { repo: story.repo, number: pull.number, by: 'carla' }
    theatre.github.replyToReviewComment(at, remark?.id ?? 0, 'Please leave our audit logs alone.')
    await diary.note('carla answers the review comment')
    await pull.push('lina', first('prefix: /login'), { from: 'main', force: true })
    await diary.note('lina amends her commit and pushes by force')
    await diary.expect('reply')
  })

  it('with the change taken back, and made once more', async () => {
    const story = await told()
    const { pull, ...diary } = await taking(story)
    await pull.push('lina', { [login]: ofLogin })
    await diary.note('lina reverts her commit')
    await pull.push('lina', first('prefix: /log'))
    await diary.note('lina reverts the revert')
    await diary.expect('revert')
  })

  it('with a push that takes more than was agreed to', async () => {
    const story = await told()
    const taken = (...paths: readonly string[]) =>
      first(`exact: ${paths.join('\n        - uri:\n            exact: ')}`)
    const pull = await story.propose('lina', taken('/login', '/logs/today'))
    const diary = diaryOf(story, pull)
    await diary.note('lina takes /logs/today')
    await pull.approve('carla')
    await diary.note('carla approves')
    await pull.push('lina', taken('/login', '/logs/today', '/logs/yesterday'))
    await diary.note('lina takes /logs/yesterday, too')
    await pull.approve('carla')
    await diary.note('carla approves again')
    await diary.expect('push')
  })

  it('with another base branch', async () => {
    const story = await told()
    await story.push(olga, 'release', { [catalog]: bookinfoFiles()[catalog] ?? '' }, { from: 'main' })
    const { pull, ...diary } = await taking(story)
    await pull.approve('carla')
    await diary.note('carla approves')
    await pull.retarget('lina', 'release')
    await diary.note('lina retargets it to release, where catalog has no /logs')
    await pull.retarget('lina', 'main')
    await diary.note('lina retargets it to main again')
    await diary.expect('retarget')
  })
})
