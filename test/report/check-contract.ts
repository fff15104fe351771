import { Ajv } from 'ajv'

const team = { type: 'string', minLength: 1 }
const text = { type: 'string' }
const place = { file: { type: ['string', 'null'] }, line: { type: ['integer', 'null'], minimum: 1 } }

function object(
  required: Readonly<Record<string, unknown>>,
  optional: Readonly<Record<string, unknown>> = {},
): object {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  }
}

const list = (items: object): object => ({ type: 'array', items })
const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] })

const answer = object({
  virtualService: { type: 'string', pattern: '^[^/]+/[\\s\\S]+$' },
  primary: { type: 'string', pattern: '^[^/]+/[\\s\\S]+$' },
  ...place,
  action: { type: 'object', required: ['kind'] },
  owners: list(team),
})

const witness = object(
  {
    method: text,
    scheme: text,
    authority: { type: 'string', pattern: '^(?!.*:[0-9]+$)' },
    path: { type: 'string', pattern: '^/' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
  },
  { port: { type: 'integer' }, sni: text, sourceLabels: { type: 'object' }, sourceNamespace: text },
)

const reason = object(
  { kind: { enum: ['resource', 'identity', 'traffic', 'judge', 'rule'] }, code: text, text },
  { change: { type: 'integer', minimum: 0 }, finding: { type: 'integer', minimum: 0 }, ...place },
)

const decision = object(
  {
    conclusion: { enum: ['success', 'action_required', 'failure'] },
    summary: { type: 'string', maxLength: 80 },
    requirements: list(
      object(
        { team, because: list(reason) },
        { satisfiedBy: object({ by: text, how: text }), obstacle: text },
      ),
    ),
  },
  { override: object({ by: text, at: text, reason: text }) },
)

const finding = object(
  {
    rule: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' },
    code: { type: 'string', pattern: '^[a-z]+([-.][a-z]+)*$' },
    severity: { enum: ['error', 'warning', 'info'] },
    status: { enum: ['introduced', 'existing', 'fixed'] },
    ...place,
    column: { type: ['integer', 'null'], minimum: 1 },
    message: text,
    resource: text,
    mesh: text,
    teams: list(team),
  },
  { admission: { const: 'rejected' } },
)

const unanswered = { enum: ['not-found', 'service', 'either'] }

const change = object(
  {
    mesh: text,
    gateway: text,
    host: text,
    requests: { type: 'string', minLength: 1 },
    kind: { enum: ['dropped', 'opened', 'reclaimed', 'moved', 'reassigned', 'inherited', 'changed'] },
    spill: { type: 'boolean' },
    touched: list(team),
    told: list(team),
    scope: list(team),
    before: orNull(answer),
    after: orNull(answer),
    witness: orNull(witness),
    certain: { type: 'boolean' },
  },
  {
    ports: list({ type: 'integer' }),
    sni: { type: 'array', minItems: 1, items: text },
    gateways: { type: 'array', minItems: 2, items: text },
    unanswered: object({ before: unanswered, after: unanswered }),
    because: {
      type: 'array',
      minItems: 1,
      items: object(
        { code: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' }, text },
        { file: text, line: { type: 'integer', minimum: 1 } },
      ),
    },
  },
)

const contract = object({
  schema: { const: 'firebreak/1' },
  decision,
  existing: { type: 'boolean' },
  findings: list(finding),
  changes: list(change),
  blastRadius: list(object({ team, changes: list({ type: 'integer', minimum: 0 }) })),
  assumptions: list(text),
})

const validate = new Ajv({ allErrors: true, strict: false }).compile(contract)

/** Why a value is not a `check` object of the `firebreak/1` contract; empty if it is one. */
export function contractErrors(value: unknown): readonly string[] {
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
