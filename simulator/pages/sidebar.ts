import type { PullRequest, Review } from '../state/pull-request.ts'
import { type Html, type HtmlPart, html } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { avatar } from './layout.ts'
import { latestOpinions } from './status.ts'

const looks: Partial<Record<Review['state'], { readonly icon: IconName; readonly colour: string }>> = {
  APPROVED: { icon: 'check', colour: 'success' },
  CHANGES_REQUESTED: { icon: 'cross', colour: 'danger' },
}

function reviewer(name: string, look: { readonly icon: IconName; readonly colour: string }): Html {
  const picture = name.includes('/') ? html`<span class="mark">${icon('people')}</span>` : avatar(name)
  return html`<li>${picture} <span class="reviewer">${name}</span> <span class="mark colour-${look.colour}">${icon(look.icon)}</span></li>`
}

function part(title: string, content: HtmlPart): Html {
  return html`<section class="side-part"><h3>${title}</h3>${content}</section>`
}

/** Who was asked, who answered, and where the pull request would go. */
export function sidebar(pull: PullRequest): Html {
  const waiting = { icon: 'dot', colour: 'attention' } as const
  const answered = latestOpinions(pull)
  const asked = [
    ...[...pull.requestedTeams].map((team) => `${team.organization.account.login}/${team.slug}`),
    ...[...pull.requestedReviewers].map(({ login }) => login),
  ]
  const reviewers = [
    ...answered
      .filter(({ author }) => !asked.includes(author.login))
      .map((review) =>
        reviewer(review.author.login, looks[review.state] ?? { icon: 'comment', colour: 'muted' }),
      ),
    ...asked.map((name) => reviewer(name, waiting)),
  ]
  const spoke = new Set([
    pull.author,
    ...pull.comments.map(({ author }) => author),
    ...pull.reviews.map(({ author }) => author),
  ])
  return html`<aside class="side">
${part('Reviewers', reviewers.length > 0 ? html`<ul class="side-list">${reviewers}</ul>` : html`<p class="note">No reviews</p>`)}
${part('Base branch', html`<p><span class="branch">${pull.base.ref}</span></p>`)}
${part(`${spoke.size} participant${spoke.size === 1 ? '' : 's'}`, html`<p class="faces">${[...spoke].map(({ login }) => avatar(login, 'medium'))}</p>`)}
</aside>`
}
