import { z } from 'zod'
import type { JsonObject } from '../../manifest/json.ts'
import type { RefusedValueCode } from '../configuration/configuration-fault.ts'
import type { SchemaNode } from '../configuration/json-schema.ts'

/** Where zod takes a message it gets a code, and nothing but the code comes back. */
function code(of: RefusedValueCode): string {
  return of
}

const text = z.string().trim().min(1, code('empty'))
const port = z.int().min(1, code('port')).max(65_535, code('port'))
const status = z.int().min(100, code('status')).max(599, code('status'))
const texts = z.record(z.string(), z.string())
const reference = z.string().regex(/^[^\s/]+\/[^\s/]+$/, code('reference'))

const client = z.strictObject({
  namespace: text.optional().describe('The namespace of the client.'),
  labels: texts.optional().describe('The labels of its pod; at a gateway, of the pod of the gateway.'),
})

const request = z.strictObject({
  method: z
    .string()
    .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, code('method'))
    .default('GET'),
  url: z
    .string()
    .regex(/^https?:\/\/[^/?#\s]+(?:\/[^#\s]*)?$/i, code('url'))
    .optional()
    .describe('https://shop.example/cart?id=1. Either this, or host and path.'),
  host: z
    .string()
    .regex(/^[^\s/?#]+$/, code('host'))
    .optional(),
  path: z
    .string()
    .regex(/^\/[^#\s]*$/, code('request-path'))
    .optional(),
  scheme: z.enum(['http', 'https']).optional(),
  port: port.optional().describe('The port of the listener; left out: that of the URL, else the usual one.'),
  headers: texts.optional(),
  query: z
    .record(
      z.string().regex(/^[^\s&=#?]+$/, code('parameter')),
      z.string().regex(/^[^\s&#]*$/, code('parameter')),
    )
    .optional()
    .describe('Parameters besides those of the URL, as they are sent.'),
  gateway: z
    .string()
    .regex(/^(?:mesh|[^\s/]+\/[^\s/]+)$/, code('gateway'))
    .optional()
    .describe(
      'namespace/name of the Gateway, or mesh. Left out: every gateway that serves the host has to answer so.',
    ),
  mesh: text.optional().describe('Left out: it has to be answered so in every mesh.'),
  sni: text.optional().describe('The name that TLS asks for where it is not the host.'),
  client: client.optional(),
})

const destination = z.strictObject({
  host: text.describe('reviews, reviews.ns or the whole name.'),
  subset: text.exactOptional(),
  port: port.exactOptional(),
  weight: z.number().min(0, code('weight')).max(100, code('weight')).exactOptional().describe('In percent.'),
})

const redirect = z.strictObject({
  scheme: text.exactOptional(),
  authority: text.exactOptional(),
  uri: text.exactOptional(),
  port: port.exactOptional(),
  code: status.exactOptional(),
})

const expectation = z
  .strictObject({
    virtualService: reference
      .exactOptional()
      .describe('namespace/name of the VirtualService that has the route: of a secondary, its own.'),
    destinations: z
      .array(destination)
      .min(1, code('empty'))
      .exactOptional()
      .describe('All of them, in any order.'),
    redirect: redirect.exactOptional(),
    status: status
      .exactOptional()
      .describe(
        'What the proxy answers by itself: 404 where no route is, the code of a redirect, or the status of a direct response.',
      ),
    service: z
      .literal(true)
      .exactOptional()
      .describe(
        'Inside the mesh: no VirtualService has a route, and the service answers by its default route.',
      ),
  })
  .refine((expect) => Object.values(expect).some((each) => each !== undefined), code('nothing-expected'))

export const routeTestSchema = z.strictObject({
  name: text.describe('What it is about, in your own words: whoever breaks it reads them.'),
  why: text.optional().describe('Why it matters, and whom to ask.'),
  request,
  expect: expectation,
  allow: z
    .literal('perhaps')
    .optional()
    .describe('It passes, too, where the answer is not certain and a possible one is as expected.'),
})

export type WrittenRouteTest = z.output<typeof routeTestSchema>

/** What stands around the tests, each of which is read by itself. */
export const routeTestListSchema = z.strictObject({ tests: z.array(z.unknown()) })

const fileSchema = z.strictObject({ tests: z.array(routeTestSchema) })

/** The shape of a file of route tests as JSON Schema (draft 7, which editors read). */
export function routeTestShape(): SchemaNode {
  return z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' }) as SchemaNode
}

/** The JSON Schema that ships with the project: editors complete and check files of route tests with it. */
export function routeTestJsonSchema(): JsonObject {
  const schema: object = {
    title: 'Firebreak route tests',
    description: 'Files called firebreak-tests.yaml or *.firebreak-test.yaml. See docs/route-tests.md.',
    ...routeTestShape(),
  }
  return schema as JsonObject
}
