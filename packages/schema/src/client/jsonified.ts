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
type JsonObject<T> = [SometimesKeys<T>] extends [never]
  ? { [K in AlwaysKeys<T>]: Jsonified<T[K]> }
  : Flat<
      { [K in AlwaysKeys<T>]: Jsonified<T[K]> } & {
        [K in SometimesKeys<T>]?: Jsonified<Exclude<T[K], LeftOut>>
      }
    >

type Flat<T> = { [K in keyof T]: T[K] }

type AlwaysKeys<T> = {
  [K in keyof T]-?: K extends symbol
    ? never
    : unknown extends T[K]
      ? {} extends Pick<T, K>
        ? never
        : K
      : Extract<T[K], LeftOut> extends never
        ? K
        : never
}[keyof T]

type SometimesKeys<T> = {
  [K in keyof T]-?: K extends symbol
    ? never
    : unknown extends T[K]
      ? {} extends Pick<T, K>
        ? K
        : never
      : Extract<T[K], LeftOut> extends never
        ? never
        : Exclude<T[K], LeftOut> extends never
          ? never
          : K
}[keyof T]
