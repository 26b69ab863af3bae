/**
 * The names in `T` but for the known ones; none where `T` is `any`.
 *
 * Perf: asked of a type without parameters, it is worked out once in a program, not for every route.
 */
export type AddedKeys<T, Known extends PropertyKey> = 0 extends 1 & T ? never : Exclude<keyof T, Known>

/**
 * The members of `T` with these names. Optional ones and read-only ones stay so.
 *
 * Invariant: nothing where `T` is `any`, as it is while its module can't be resolved: `Pick` would give an `any`, by
 * which every name were a member.
 */
export type Added<T, Keys extends keyof T> = 0 extends 1 & T ? {} : Pick<T, Keys>
