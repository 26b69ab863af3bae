/**
 * What a value is when it has been through JSON: dates are texts, what has `toJSON()` is what that gives, members that JSON leaves
 * out may be absent, and in lists they are null. `any` becomes `unknown`.
 */
export type Jsonified<T> = unknown extends T
  ? unknown
  : T extends string | number | boolean | null
    ? T
    : T extends { toJSON(...args: never[]): infer R }
      ? Jsonified<R>
      : T extends LeftOut
        ? undefined
        : T extends bigint
          ? never
          : T extends readonly unknown[]
            ? { [I in keyof T]: ListItem<T[I]> }
            : T extends ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>
              ? {}
              : T extends object
                ? JsonObject<T>
                : never

type LeftOut = undefined | symbol | ((...args: never[]) => unknown)

type ListItem<T> = unknown extends T
  ? unknown
  : (T extends LeftOut ? null : never) | Jsonified<Exclude<T, LeftOut>>

/** Members that are always left out are no members; those that may be are optional. */
type JsonObject<T> = [KeysThere<T, 'sometimes'>] extends [never]
  ? { [K in KeysThere<T, 'always'>]: Jsonified<T[K]> }
  : Flat<
      { [K in KeysThere<T, 'always'>]: Jsonified<T[K]> } & {
        [K in KeysThere<T, 'sometimes'>]?: Jsonified<Exclude<T[K], LeftOut>>
      }
    >

type Flat<T> = { [K in keyof T]: T[K] }

type KeysThere<T, When> = { [K in keyof T]-?: WhenThere<T, K> extends When ? K : never }[keyof T]

/** Whether JSON has a member always, sometimes or never. */
type WhenThere<T, K extends keyof T> = K extends symbol
  ? 'never'
  : unknown extends T[K]
    ? {} extends Pick<T, K>
      ? 'sometimes'
      : 'always'
    : Extract<T[K], LeftOut> extends never
      ? 'always'
      : Exclude<T[K], LeftOut> extends never
        ? 'never'
        : 'sometimes'
