import { escaped, pageOf } from '../report/print/html-text.ts'

/** What the first page begins with. */
export interface Wished {
  readonly name: string
  readonly webhook: string
  readonly account: string
  readonly wrong?: string
}

const field = (label: string, input: string) => `<p><label>${label}<br>${input}</label></p>`

/** Asks for the name and the address; says first that nobody has to be kept waiting. */
export function firstPage({ name, webhook, account, wrong }: Wished): string {
  return pageOf('Firebreak: a GitHub App of your own', [
    '<h1 class="waiting">A GitHub App of your own</h1>',
    '<p><strong>Begin with <code>mode: observe</code></strong> in <code>.github/firebreak.yml</code>: the same report on every pull request, and the check succeeds whatever it finds. Nobody waits for anything until you change it to <code>enforce</code>.</p>',
    `<p>The App will belong to <strong>${escaped(account)}</strong>. GitHub shows you what it asks for before it is made; its key comes back to this machine, and to nobody else.</p>`,
    ...(wrong === undefined ? [] : [`<p role="alert"><strong>This is not ${escaped(wrong)}.</strong></p>`]),
    '<form method="post">',
    field(
      'Name of the App, as nobody else has it',
      `<input name="name" required maxlength="34" size="40" value="${escaped(name)}">`,
    ),
    field(
      'Where GitHub can reach your server',
      `<input name="webhook" type="url" required size="60" placeholder="https://firebreak.example.com" value="${escaped(webhook)}">`,
    ),
    '<p><button>Continue</button></p>',
    '</form>',
  ])
}

/** Sends the manifest to GitHub, which asks whether that is what is wanted. */
export function manifestPage(action: string, manifest: object): string {
  return pageOf('Firebreak: on to GitHub', [
    '<h1 class="waiting">On to GitHub</h1>',
    '<p>GitHub asks you for your consent, makes the App, and sends you back here.</p>',
    `<form method="post" action="${escaped(action)}">`,
    `<input type="hidden" name="manifest" value="${escaped(JSON.stringify(manifest))}">`,
    `<p><button>Create it on ${escaped(new URL(action).host)}</button></p>`,
    '</form>',
  ])
}

/** The end, for better or worse. */
export function lastPage(title: string, sentences: readonly string[]): string {
  return pageOf(`Firebreak: ${title}`, [
    `<h1>${escaped(title)}</h1>`,
    ...sentences.map((sentence) => `<p>${escaped(sentence)}</p>`),
  ])
}
