import type { z } from 'zod'

/** Gives a schema its name among the components of the document; all that use it refer to it. */
export function component<S extends z.ZodType>(name: string, schema: S): S {
  return schema.meta({ ...schema.meta(), id: name }) as S
}
