import { parseArgs } from 'node:util'
import type { Judgement } from '../src/domain/policy/judgement.ts'
import { repository } from './bookinfo.ts'
import { judge, shortName, surprises } from './expectations.ts'
import { openStage, type Played, play, seed } from './play.ts'
import { type Story, stories } from './stories.ts'

const { values } = parseArgs({ options: { once: { type: 'boolean' }, port: { type: 'string' } } })

const stage = await openStage({ port: Number(values.port ?? 0) })
await seed(stage.github)
console.log(`A local GitHub with the Bookinfo mesh: ${stage.github.url}\n`)
let failed = 0
for (const story of stories) {
  const played = await play(story, stage)
  const judgement = judge(story)
  const unexpected = surprises(story, played, judgement)
  if (unexpected.length > 0) failed++
  console.log(tell(story, played, judgement))
  for (const line of unexpected) console.log(`    not as told: ${line}`)
}
const broken = stage.github.contractViolations()
for (const line of broken) console.log(`The local GitHub broke its own description: ${line}`)
console.log(`\n${stories.length - failed} of ${stories.length} stories ended as told.`)
if (values.once || failed > 0 || broken.length > 0) {
  await stage.close()
  process.exitCode = failed > 0 || broken.length > 0 ? 1 : 0
} else {
  console.log(`Look at them: ${stage.github.url}   (Ctrl-C ends)`)
  process.once('SIGINT', () => void stage.close())
}

function tell(story: Story, { number, verdict, afterApproval }: Played, judgement: Judgement): string {
  const { changes } = judgement.comparison
  const touched = new Set(changes.flatMap((change) => change.touched.map(shortName)))
  const witness = (changes.find((change) => change.spill) ?? changes[0])?.witness
  const lines = [
    `${story.name.padEnd(16)} ${story.author.padEnd(6)} ${verdict.conclusion.padEnd(16)} ${verdict.title}`,
    `    touched: ${[...touched].join(', ') || 'nobody'}${witness ? `   for example ${witness.method} ${witness.path}` : ''}   ${stage.github.url}/${repository}/pull/${number}`,
  ]
  if (afterApproval !== undefined && story.approval !== undefined) {
    lines.push(
      `    after ${story.approval.by}'s approval: ${afterApproval.conclusion}, ${afterApproval.title}`,
    )
  }
  return lines.join('\n')
}
