import type { JsonSchema } from '../../types/json-schema.js'
import type { ReferenceObject, ResponseObject } from '../types/document.js'

interface Named {
  readonly name: string
  readonly response: ResponseObject
  readonly reference: ReferenceObject
}

const PREFIX = '#/components/responses/'

/**
 * The named answers of a document. What says the same under the same name is one component; a number follows a name that is taken by
 * another one.
 */
export class ResponseComponents {
  readonly #named: Named[] = []
  readonly #unions: JsonSchema[] = []

  /** A reference to an answer. Its name comes later: whether two say the same is known when their schemas have theirs. */
  refer(name: string, response: ResponseObject): ReferenceObject {
    const reference: ReferenceObject = { $ref: PREFIX }
    this.#named.push({ name, response, reference })
    return reference
  }

  /** What any of some schemas takes (`oneOf` would refuse what several of them take). */
  either(schemas: readonly JsonSchema[]): JsonSchema {
    const union: JsonSchema = { anyOf: [...schemas] }
    this.#unions.push(union)
    return union
  }

  /** All by name, in the order of the alphabet. To be called when all schemas have their names. */
  all(): Record<string, ResponseObject> {
    for (const union of this.#unions) settle(union)
    const all = new Map<string, ResponseObject>()
    const names = new Map<string, string>()
    for (const { name, response, reference } of this.#named) {
      const text = `${name} ${JSON.stringify(response)}`
      let given = names.get(text)
      if (given === undefined) {
        given = name
        for (let number = 2; all.has(given); number++) given = `${name}${number}`
        names.set(text, given)
        all.set(given, response)
      }
      reference.$ref = PREFIX + given
    }
    return Object.fromEntries([...all].toSorted(([one], [other]) => (one < other ? -1 : 1)))
  }
}

/** Of schemas that turn out to be the same there is one. */
function settle(union: JsonSchema): void {
  const distinct = new Map((union.anyOf ?? []).map((one) => [JSON.stringify(one), one]))
  const [first, ...rest] = distinct.values()
  if (rest.length > 0) union.anyOf = [...distinct.values()]
  else {
    delete union.anyOf
    Object.assign(union, first)
  }
}
