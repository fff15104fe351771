import { parseArgs } from 'node:util'
import type { Judgement } from '../src/domain/policy/judgement.ts'
import { judge, shortName, surprises } from './expectations.ts'
import { openStage, type Played, play, type Start, seed } from './play.ts'
import { type Scene, scenes } from './scenes.ts'
import type { Story } from './story.ts'

const { values } = parseArgs({
  options: { once: { type: 'boolean' }, port: { type: 'string' }, release: { type: 'boolean' } },
})
const server = values.release ? '../dist/server.js' : '../src/server.ts'
const { startServer }: { readonly startServer: Start } = await import(server)

const stage = await openStage({ port: Number(values.port ?? 0) }, startServer)
await seed(stage.github, scenes)
console.log(`A local GitHub: ${stage.github.url}`)
let failed = 0
for (const scene of scenes) {
  console.log(`\n${scene.repository}, with ${scene.what}:\n`)
  for (const story of scene.stories) {
    const played = await play(story, scene, stage)
    const judgement = judge(story, scene)
    const unexpected = surprises(story, played, judgement)
    if (unexpected.length > 0) failed++
    console.log(tell(story, scene, played, judgement))
    for (const line of unexpected) console.log(`    not as told: ${line}`)
  }
}
const broken = stage.github.contractViolations()
for (const line of broken) console.log(`The local GitHub broke its own description: ${line}`)
const all = scenes.flatMap(({ stories }) => stories).length
console.log(`\n${all - failed} of ${all} stories ended as told.`)
if (values.once || failed > 0 || broken.length > 0) {
  await stage.close()
  process.exitCode = failed > 0 || broken.length > 0 ? 1 : 0
} else {
  console.log(`Look at them: ${stage.github.url}   (Ctrl-C ends)`)
  process.once('SIGINT', () => void stage.close())
}

function tell(
  story: Story,
  { repository }: Scene,
  { number, verdict, afterApproval }: Played,
  { comparison: { changes }, requirements }: Judgement,
): string {
  const touched = new Set(changes.flatMap((change) => change.touched.map(shortName)))
  const others = requirements.map(({ team }) => shortName(team)).filter((team) => !touched.has(team))
  const witness = (changes.find((change) => change.spill) ?? changes[0])?.witness
  const lines = [
    `${story.name.padEnd(16)} ${story.author.padEnd(6)} ${verdict.conclusion.padEnd(16)} ${verdict.title}`,
    `    touched: ${[...touched].join(', ') || 'nobody'}${others.length > 0 ? `   asked besides: ${others.join(', ')}` : ''}${witness ? `   for example ${witness.method} ${witness.path}` : ''}   ${stage.github.url}/${repository}/pull/${number}`,
  ]
  if (afterApproval !== undefined && story.approval !== undefined) {
    lines.push(
      `    after ${story.approval.by}'s approval: ${afterApproval.conclusion}, ${afterApproval.title}`,
    )
  }
  return lines.join('\n')
}
