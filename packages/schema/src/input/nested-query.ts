/* Runs for each request whose contract wants objects in the query, until it has found out that nobody makes them. */
import type { JsonSchema } from '../types/json-schema.js'
import { compileShapes, OBJECT } from './shapes.js'

/** Says once what a query shows of its parser; null where the schema wants no objects in it. */
export function compileNestedHint(schema: JsonSchema | null): ((query: unknown) => void) | null {
  const names = compileShapes(schema).flatMap((shape) =>
    [...shape.properties]
      .filter(([, member]) => member.some(({ types, isOpen }) => (types & OBJECT) !== 0 && !isOpen))
      .map(([name]) => name),
  )
  if (schema === null || names.length === 0) return null
  let isTold = false
  return function hintAtParser(query) {
    if (isTold || typeof query !== 'object' || query === null) return
    for (const key in query) {
      const name = names.find((one) => key.startsWith(`${one}[`))
      if (name === undefined) continue
      isTold = true
      tell(key, name)
      return
    }
  }
}

/** It is for the developer, and not for who asked: so it is no part of the issue. */
function tell(key: string, name: string): void {
  process.emitWarning(
    `The query has ${JSON.stringify(key.slice(0, 100))}, and a contract wants an object in ${JSON.stringify(name)}: the setting ` +
      "'query parser' is 'simple', which makes no objects, so it never gets one; app.set('query parser', 'extended') makes them",
    { code: 'NOZOMI_SCHEMA_QUERY_PARSER' },
  )
}
