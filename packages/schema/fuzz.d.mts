import type { Arbitrary } from 'fast-check'
import type { ApiDocument, JsonSchema } from './dist/index.js'

export * from './dist/fuzz.js'

// The same as that of dist, with the types that fast-check has for modules.
export declare function arbitraryFromSchema(
  schema: JsonSchema | boolean,
  options?: { readonly document?: ApiDocument | object },
): Arbitrary<unknown>
