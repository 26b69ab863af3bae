/** The type of the values of a JSON Schema that is written out, as far as its usual keywords say it; else `unknown`. */
export type TypeOf<S> = S extends { readonly static: infer T }
  ? T
  : S extends { readonly const: infer Value }
    ? Value
    : S extends { readonly enum: readonly (infer Value)[] }
      ? Value
      : S extends { readonly anyOf: readonly (infer Branch)[] }
        ? TypeOf<Branch>
        : S extends { readonly oneOf: readonly (infer Branch)[] }
          ? TypeOf<Branch>
          : S extends { readonly type: infer Type }
            ? TypeOfType<S, Type extends readonly (infer One)[] ? One : Type>
            : unknown

type TypeOfType<S, Type> = Type extends 'string'
  ? string
  : Type extends 'number' | 'integer'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends 'null'
        ? null
        : Type extends 'array'
          ? S extends { readonly items: infer Items extends object }
            ? TypeOf<Items>[]
            : unknown[]
          : Type extends 'object'
            ? ObjectOf<S>
            : unknown

type ObjectOf<S> = S extends { readonly properties: infer Properties }
  ? Shown<
      { -readonly [K in keyof Properties & RequiredOf<S>]: TypeOf<Properties[K]> } & {
        -readonly [K in Exclude<keyof Properties, RequiredOf<S>>]?: TypeOf<Properties[K]>
      }
    >
  : S extends { readonly additionalProperties: infer Others extends object }
    ? Record<string, TypeOf<Others>>
    : Record<string, unknown>

type RequiredOf<S> = S extends { readonly required: readonly (infer Name)[] } ? Name : never

type Shown<T> = { [K in keyof T]: T[K] }
