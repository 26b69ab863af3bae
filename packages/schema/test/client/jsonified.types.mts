// What a value is after JSON. Compiled only: what is wrong here fails `tsc -b`.

import type { Jsonified } from '@nozomi/schema/client'
import { expectTypeOf } from 'expect-type'

// What JSON has stays as it is, literals too.
expectTypeOf<Jsonified<string>>().toEqualTypeOf<string>()
expectTypeOf<Jsonified<'a' | 1 | true | null>>().toEqualTypeOf<'a' | 1 | true | null>()

// Dates, and all that has toJSON(), are what that gives.
expectTypeOf<Jsonified<Date>>().toEqualTypeOf<string>()
expectTypeOf<Jsonified<{ toJSON(): { at: Date } }>>().toEqualTypeOf<{ at: string }>()
expectTypeOf<Jsonified<Date | null>>().toEqualTypeOf<string | null>()

// Members that JSON leaves out are gone; those that it may leave out are optional.
expectTypeOf<Jsonified<{ id: number; at: Date; run(): void }>>().toEqualTypeOf<{ id: number; at: string }>()
expectTypeOf<Jsonified<{ a?: Date; b: string | undefined; c: undefined; [hidden]: 1 }>>().toEqualTypeOf<{
  a?: string
  b?: string
}>()
declare const hidden: unique symbol

// In lists they are null. Tuples stay tuples.
expectTypeOf<Jsonified<(Date | undefined)[]>>().toEqualTypeOf<(string | null)[]>()
expectTypeOf<Jsonified<[Date, number]>>().toEqualTypeOf<[string, number]>()
expectTypeOf<Jsonified<readonly { at: Date }[]>>().toEqualTypeOf<readonly { at: string }[]>()

// Maps and sets have no members; a bigint can't be said.
expectTypeOf<Jsonified<Map<string, number>>>().toEqualTypeOf<{}>()
expectTypeOf<Jsonified<bigint>>().toBeNever()

// Nothing becomes `any`.
expectTypeOf<Jsonified<any>>().toBeUnknown()
expectTypeOf<Jsonified<unknown>>().toBeUnknown()
expectTypeOf<Jsonified<{ a: any; b?: unknown }>>().toEqualTypeOf<{ a: unknown; b?: unknown }>()
expectTypeOf<Jsonified<Record<string, Date>>>().toEqualTypeOf<Record<string, string>>()

// Types that contain themselves.
interface Category {
  name: string
  since: Date
  children: Category[]
  parent?: Category
}
declare const category: Jsonified<Category>
expectTypeOf(category.children[0]!.parent!.since).toEqualTypeOf<string>()
