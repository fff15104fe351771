import { budgets } from '../../domain/budgets.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import { visible } from '../../domain/words/visible.ts'
import { escaped, scriptJson } from '../print/html-text.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'
import type { Section } from './frame.ts'
import { writeSides } from './sides/write-sides.ts'
import type { Sides } from './sides/written-sides.ts'

/** The box that a request is asked in, and what it answers from; it needs the script. */
export interface AskParts {
  readonly section: Section
  readonly data: string
}

/** A box that says who serves a request. Where both sides are too much to carry along, it says so instead. */
export function askParts(sides: Sides, teams: TeamNames): AskParts {
  const data = scriptJson(writeSides(sides, teams))
  const fits = data.length <= budgets.pageSides.size
  const lines = fits ? boxLines(gatewaysOf(sides)) : tooLarge
  return {
    section: { id: 'ask', heading: 'Who serves this request?', lines },
    data: fits ? data : 'null',
  }
}

const tooLarge = [
  '<p>These manifests are too many to be carried along in a page: <code>firebreak explain</code> answers for them.</p>',
]

function gatewaysOf({ base, merged }: Sides): readonly string[] {
  const meshes = [...(base?.meshes ?? []), ...merged.meshes]
  const names = new Set(meshes.flatMap(({ tables }) => tables.map(({ gateway }) => gateway)))
  // One that is not shown as it is would be another one to the engine.
  return [...names].filter((name) => name !== 'mesh' && visible(name) === name).toSorted(compareTexts)
}

function boxLines(gateways: readonly string[]): readonly string[] {
  const options = [
    '<option value="">whichever serves the host</option>',
    ...gateways
      .slice(0, budgets.pageOptions.size)
      .map((name) => `<option value="${escaped(name)}">${escaped(name)}</option>`),
    '<option value="mesh">inside the mesh</option>',
  ]
  return [
    '<noscript><p>The box needs JavaScript; <code>firebreak explain</code> answers the same.</p></noscript>',
    '<form id="ask-form" data-live hidden>',
    '<label class="wide" for="ask-request">Request<input id="ask-request" name="request" required autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="GET https://shop.example/cart" aria-describedby="ask-hint"></label>',
    '<button>Ask</button>',
    '<p class="hint" id="ask-hint">Method and URL, or a path alone, which every host is asked. Nothing leaves this page.</p>',
    '<details><summary>Headers and gateway</summary>',
    '<label for="ask-headers">Headers, one a line<textarea id="ask-headers" name="headers" rows="2" placeholder="x-beta: 1"></textarea></label>',
    `<label for="ask-gateway">Where it arrives<select id="ask-gateway" name="gateway">${options.join('')}</select></label>`,
    '</details>',
    '</form>',
    '<div id="ask-answer" aria-live="polite"></div>',
  ]
}
