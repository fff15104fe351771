/** Whether the labels of an object fulfil a condition. */
type Requirement = (labels: ReadonlyMap<string, string>) => boolean

const name = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const value = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/** The words and marks of a selector. */
const tokens = /\s*(,|\(|\)|==|=|!=|!|<|>|[^\s,()=!<>]+)/y

function tokensOf(selector: string): readonly string[] {
  const found: string[] = []
  tokens.lastIndex = 0
  for (let match = tokens.exec(selector); match !== null; match = tokens.exec(selector))
    found.push(match[1] ?? '')
  return found
}

/**
 * The conditions of a selector in Kubernetes' grammar (`a=b`, `a!=b`, `a in (x, y)`, `a notin (x)`, `a`, `!a`, `a>1`), all of which
 * hold; nothing where it is no selector.
 */
export function labelSelector(selector: string): Requirement | undefined {
  const left = [...tokensOf(selector)]
  if (left.length === 0) return () => true
  const requirements: Requirement[] = []
  do {
    const requirement = requirementOf(left)
    if (requirement === undefined) return undefined
    requirements.push(requirement)
    if (left.length > 0 && left[0] !== ',') return undefined
  } while (left.shift() === ',')
  return (labels) => requirements.every((holds) => holds(labels))
}

function requirementOf(left: string[]): Requirement | undefined {
  const isNot = left[0] === '!'
  if (isNot) left.shift()
  const key = left.shift() ?? ''
  if (!name.test(key)) return undefined
  if (isNot) return left.length === 0 || left[0] === ',' ? (labels) => !labels.has(key) : undefined
  if (left.length === 0 || left[0] === ',') return (labels) => labels.has(key)
  const operator = left.shift() ?? ''
  if (operator === 'in' || operator === 'notin') return membership(key, operator, left)
  if (operator === '<' || operator === '>') return comparison(key, operator, left)
  if (!['=', '==', '!='].includes(operator)) return undefined
  const wanted = left.length === 0 || left[0] === ',' ? '' : (left.shift() ?? '')
  if (!value.test(wanted)) return undefined
  return operator === '!=' ? (labels) => labels.get(key) !== wanted : (labels) => labels.get(key) === wanted
}

/** `in` wants the label, `notin` is content without it. */
function membership(key: string, operator: 'in' | 'notin', left: string[]): Requirement | undefined {
  if (left.shift() !== '(') return undefined
  const values = new Set<string>()
  let last = ','
  for (let token = left.shift(); token !== ')'; token = left.shift()) {
    if (token === undefined) return undefined
    if (token === ',') {
      if (last === ',') values.add('')
    } else if (last !== ',' || !value.test(token)) return undefined
    else values.add(token)
    last = token
  }
  if (last === ',') values.add('')
  if (operator === 'in') return (labels) => labels.has(key) && values.has(labels.get(key) ?? '')
  return (labels) => !values.has(labels.get(key) ?? '\0')
}

function comparison(key: string, operator: '<' | '>', left: string[]): Requirement | undefined {
  const wanted = left.shift() ?? ''
  if (!/^[-+]?\d+$/.test(wanted)) return undefined
  return (labels) => {
    const found = labels.get(key) ?? ''
    if (!/^[-+]?\d+$/.test(found)) return false
    return operator === '<' ? Number(found) < Number(wanted) : Number(found) > Number(wanted)
  }
}
