import { z } from 'zod'
import type { Answer } from '../support/client.js'

type Schema = Readonly<Record<string, unknown>>

interface Content {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

interface Operation {
  readonly responses: Readonly<Record<string, Content>>
}

/** What these tests read of an OpenAPI document. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly responses: Readonly<Record<string, Content>>
    readonly securitySchemes: Readonly<Record<string, { readonly name?: string }>>
  }
}

const JSON_TYPE = 'application/json'

/** Holds values against the schemas of an OpenAPI document, as a client would that has nothing else. */
export class DocumentSchemas {
  readonly #document: Document
  readonly #known = new WeakMap<Schema, z.ZodType>()
  readonly #definitions: Readonly<Record<string, Schema>>

  constructor(document: Document) {
    this.#document = document
    this.#definitions = withLocalReferences(document.components.schemas)
  }

  /** The path of the document for a path that was asked: `/v1/orders/{id}`. One without parameters comes first. */
  pathOf(asked: string): string {
    const [path = ''] = asked.split('?')
    const fitting = Object.keys(this.#document.paths)
      .filter((known) => new RegExp(`^${known.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path))
      .toSorted((left, right) => left.split('{').length - right.split('{').length)
    return fitting[0] ?? `no path for ${path}`
  }

  /** `isStream`: it is sent while it is made, and never as JSON. */
  operationsOf(prefix: string): { name: string; isStream: boolean }[] {
    return Object.entries(this.#document.paths)
      .filter(([path]) => path.startsWith(prefix))
      .flatMap(([path, item]) =>
        Object.entries(item).map(([method, { responses }]) => ({
          name: `${method} ${path}`,
          isStream: !(JSON_TYPE in (responses[200]?.content ?? { [JSON_TYPE]: {} })),
        })),
      )
  }

  /** What an answer has that its operation (`get /v1/orders`) does not describe, or the other way round. */
  faultsOf(operation: string, { status, text, json }: Answer): string[] {
    const response = this.responseOf(operation, status)
    if (response === undefined) return [`${status} is not described`]
    const schema = response.content?.[JSON_TYPE]?.schema
    if (schema === undefined) return text === '' ? [] : ['its body is not described']
    return this.faultsOfValue(schema, json)
  }

  /** What the document says of a status of an operation, wherever it says it; undefined when it says nothing. */
  responseOf(operation: string, status: number): Content | undefined {
    const [method = '', path = ''] = operation.split(' ')
    const response = this.#document.paths[path]?.[method]?.responses[status]
    const shared = response?.$ref?.slice('#/components/responses/'.length)
    return shared === undefined ? response : this.#document.components.responses[shared]
  }

  faultsOfValue(schema: Schema, value: unknown): string[] {
    const result = this.#compiled(schema).safeParse(value)
    return result.success
      ? []
      : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }

  #compiled(schema: Schema): z.ZodType {
    const known = this.#known.get(schema)
    if (known !== undefined) return known
    const whole = { ...withLocalReferences(schema), $defs: this.#definitions }
    const compiled = z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
    this.#known.set(schema, compiled)
    return compiled
  }
}

function withLocalReferences<T extends object>(schema: T): T {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"#/$defs/')) as T
}
