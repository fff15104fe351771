import { type Command, Option } from 'commander'
import { rules } from '../domain/rules/index.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { packageFile } from '../package-file.ts'
import { schema } from '../report/page/json/schema.ts'
import type { End, Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

interface RulesOptions {
  readonly format: 'text' | 'json'
}

type Rules = readonly (typeof rules)[number][]

/** `firebreak rules`: everything that can be found, with what it leads to unless configured otherwise; or the page of one. */
export function addRules(program: Command, terminal: Terminal, end: End): void {
  program
    .command('rules')
    .description('print the catalogue of rules with the default effect of each, or the page of one')
    .argument('[rule]', 'a rule, such as dropped-entry')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((rule: string | undefined, { format }: RulesOptions) => {
      const shown = rule === undefined ? rules : [ruleNamed(rule)]
      const text = () => (rule === undefined ? asText(shown, terminal) : packageFile(`docs/rules/${rule}.md`))
      terminal.write(format === 'json' ? asJson(shown) : text())
      end(0)
    })
}

function ruleNamed(name: string): Rules[number] {
  const found = rules.find(({ id }) => id === name)
  if (found !== undefined) return found
  throw new UserError(`${name || 'An empty name'} is not a rule: firebreak rules lists them.`)
}

function asJson(shown: Rules): string {
  const catalogue = shown.map(({ id, summary, severity, effect, configurable }) => ({
    rule: id,
    summary,
    severity,
    default: effect,
    configurable,
  }))
  return `${visibleJson({ schema, rules: catalogue }, 2)}\n`
}

function asText(shown: Rules, { paint }: Terminal): string {
  const width = Math.max(...shown.map(({ id }) => id.length))
  const lines = shown.map(({ id, summary, effect, configurable }) => {
    const fixed = configurable ? '' : ' (cannot be configured)'
    return `${paint('bold', id.padEnd(width))}  ${effect.padEnd(16)}  ${summary}${fixed}`
  })
  return `${lines.join('\n')}\n`
}
