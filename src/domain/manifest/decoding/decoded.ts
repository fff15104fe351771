import type { Located } from '../../source/located.ts'
import type { Unknown } from '../placeholders/placeholders.ts'
import type { FieldType, ListType, MapType, MessageType } from './message.ts'

/**
 * What `decodeMessage` makes of a type: the TypeScript shape of the schema, so that a field is written down once. An absent
 * field, `null`, and for scalars and lists the zero value are all absent; an empty message is present.
 */
export type Decoded<Type extends FieldType> =
  Type extends MessageType<infer Own>
    ? Origined & { readonly [Field in keyof Own]?: Decoded<Own[Field]> }
    : Type extends ListType<infer Of>
      ? readonly Decoded<Of>[]
      : Type extends MapType<infer Of>
        ? Origined & Readonly<Record<string, Decoded<Of>>>
        : Type extends { readonly kind: 'bool' }
          ? boolean
          : Type extends { readonly kind: 'int32' | 'uint32' | 'double' }
            ? number | Unknown
            : string

/** As a shape and not an interface, so that whatever is decoded is a JSON object, too. */
type Origined = Pick<Located, keyof Located>
