import { type Command, Option } from 'commander'
import { rules } from '../domain/rules/index.ts'
import { visibleJson } from '../domain/words/visible.ts'
import { schema } from '../report/page/schema.ts'
import type { End, Terminal } from './terminal.ts'

interface RulesOptions {
  readonly format: 'text' | 'json'
}

/** `firebreak rules`: everything that can be found, with what it leads to unless the configuration says otherwise. */
export function addRules(program: Command, terminal: Terminal, end: End): void {
  program
    .command('rules')
    .description('print the catalogue of rules with the default effect of each')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action(({ format }: RulesOptions) => {
      terminal.write(format === 'json' ? asJson() : asText(terminal))
      end(0)
    })
}

function asJson(): string {
  const catalogue = rules.map(({ id, summary, severity, effect, configurable }) => ({
    rule: id,
    summary,
    severity,
    default: effect,
    configurable,
  }))
  return `${visibleJson({ schema, rules: catalogue }, 2)}\n`
}

function asText({ paint }: Terminal): string {
  const width = Math.max(...rules.map(({ id }) => id.length))
  const lines = rules.map(({ id, summary, effect, configurable }) => {
    const fixed = configurable ? '' : ' (cannot be configured)'
    return `${paint('bold', id.padEnd(width))}  ${effect.padEnd(16)}  ${summary}${fixed}`
  })
  return `${lines.join('\n')}\n`
}
