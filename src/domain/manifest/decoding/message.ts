/** The type of a field of one of Istio's messages, as its proto and its CRD schema state it together. */
export type FieldType = ScalarType | EnumType | ListType | MapType | MessageType

/** `int32` and `uint32` are whole numbers in range; `duration` is Go's syntax (`1m30s`); `bytes` is base64. */
export interface ScalarType {
  readonly kind: 'string' | 'bool' | 'int32' | 'uint32' | 'double' | 'duration' | 'bytes'
  /** A proto wrapper (`UInt32Value`, `BoolValue`): its zero value counts as set. */
  readonly wrapped?: true
}

/** One of several names, as protobuf's JSON writes an enum. */
export interface EnumType {
  readonly kind: 'enum'
  readonly values: readonly string[]
  /** What the message means without the field. Only stated where Istio's meaning is easily missed. */
  readonly absentAs?: string
}

/** What `listOf` makes. */
export interface ListType<Of extends FieldType = FieldType> {
  readonly kind: 'list'
  readonly of: Of
}

/** What `mapOf` makes. */
export interface MapType<Of extends FieldType = FieldType> {
  readonly kind: 'map'
  readonly of: Of
}

/** The fields of a message by name. */
export type Fields = Readonly<Record<string, FieldType>>

/** What `message` makes: the fields of a message and the rules between them. */
export interface MessageType<Own extends Fields = Fields> {
  readonly kind: 'message'
  readonly name: string
  readonly fields: Own
  /** At most one field of each group may be set; a zero value counts as set. */
  readonly oneofs: readonly (readonly string[])[]
  /** The fields that mean something by not being there, each with what it then means. */
  readonly absences: readonly (readonly [field: string, value: string])[]
  /** Other spellings that the CRD schema lets through. */
  readonly aliases: Readonly<Record<string, string>>
}

/** A message with `fields`; a table of these is the whole description of a resource. */
export function message<const Own extends Fields>(
  name: string,
  fields: Own,
  more: Partial<Pick<MessageType, 'oneofs' | 'aliases'>> = {},
): MessageType<Own> {
  const absences = Object.entries(fields).flatMap(([field, type]) =>
    type.kind === 'enum' && type.absentAs !== undefined ? [[field, type.absentAs] as const] : [],
  )
  return { kind: 'message', name, fields, absences, oneofs: [], aliases: {}, ...more }
}

/** A repeated field. */
export function listOf<const Of extends FieldType>(of: Of): ListType<Of> {
  return { kind: 'list', of }
}

/** A map field; its keys are strings. */
export function mapOf<const Of extends FieldType>(of: Of): MapType<Of> {
  return { kind: 'map', of }
}
