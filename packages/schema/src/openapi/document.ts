import type { AnyApplication, StackRouter } from '@nozomi/insight/layers'
import { operationsOf } from '../operations/operation.js'
import { Components } from './parts/components.js'
import { componentName } from './parts/component-name.js'
import { type Documented, documentedOf, type LeftOut } from './parts/documented.js'
import { givenIdOf, OperationIds } from './parts/operation-ids.js'
import { parametersOf } from './parts/parameters.js'
import { ProblemResponses } from './parts/problem-responses.js'
import { requestBodyOf } from './parts/request-body.js'
import { ResponseComponents } from './parts/response-components.js'
import { type ResponseMaking, responsesOf } from './parts/responses.js'
import { keysOf, securityOf } from './parts/security.js'
import type { DocumentOptions } from './types/document-options.js'
import type {
  ComponentsObject,
  OpenApiDocument,
  OperationObject,
  PathItemObject,
  TagObject,
} from './types/document.js'

/**
 * The OpenAPI 3.1 document of an application, from its routes as registered: all of them whose path a template can say, with
 * what their contracts say, and what was found in express-validator, Joi and Zod middleware. Made anew by each call.
 *
 * The same application gives the same document.
 *
 * @throws TypeError when `app` is neither an application of Nozomi or Express 5 nor a Router; SchemaError
 * `NOZOMI_SCHEMA_SECURITY` for a security scheme that `securitySchemes` does not have.
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function openapiDocument(
  app: AnyApplication | StackRouter,
  options: DocumentOptions,
): OpenApiDocument {
  assertBase(options.base)
  const { documented } = documentedOf(operationsOf(app), options)
  const making = new Making(options, documented)
  const paths: Record<string, PathItemObject> = {}
  for (const one of documented) {
    const item = (paths[one.path] ??= {})
    item[one.method] = making.operation(one)
  }
  return making.document(paths)
}

/** The operations of an application that are not in its document, with the reason. */
export function leftOutOf(
  app: AnyApplication | StackRouter,
  options: Pick<DocumentOptions, 'include' | 'base'>,
): LeftOut[] {
  return documentedOf(operationsOf(app), options).leftOut
}

/** @throws TypeError */
export function assertBase(base: unknown): void {
  if (base === undefined || (typeof base === 'string' && /^\/.*[^/]$/.test(base))) return
  throw new TypeError(`base must be a path such as /api, not ${JSON.stringify(base)}`)
}

/** What the operations of one document have in common while it is made. */
class Making {
  readonly #options: DocumentOptions
  readonly #components: Components
  readonly #problems: ProblemResponses | null
  readonly #responses = new ResponseComponents()
  readonly #ids = new OperationIds()
  /** Those that keep the id that their contract gives: the first with that id. */
  readonly #keepers = new Map<string, Documented>()
  readonly #tags = new Set<string>()

  constructor(options: DocumentOptions, documented: readonly Documented[]) {
    this.#options = options
    this.#components = new Components(options.components)
    this.#problems = options.problems === false ? null : new ProblemResponses(this.#components)
    for (const one of documented) {
      const operationId = givenIdOf(one.operation)
      if (operationId !== undefined && !this.#keepers.has(operationId)) this.#keepers.set(operationId, one)
    }
    this.#ids.reserve([...this.#keepers.keys()])
  }

  operation(documented: Documented): OperationObject {
    const { operation, method, path } = documented
    const { contract } = operation
    const given = givenIdOf(operation)
    const isKept = given !== undefined && this.#keepers.get(given) === documented
    const operationId = isKept ? given : this.#ids.take(given, method, path)
    const hint = capitalized(componentName(operationId))
    const keys = keysOf(contract.security ?? this.#options.security, this.#options.securitySchemes)
    const parameters = parametersOf(operation, documented, this.#components, hint, keys)
    const requestBody = requestBodyOf(operation, this.#components, hint)
    for (const tag of contract.tags ?? []) this.#tags.add(tag)
    return {
      operationId,
      ...(contract.tags === undefined ? {} : { tags: [...contract.tags] }),
      ...(contract.summary === undefined ? {} : { summary: contract.summary }),
      ...(contract.description === undefined ? {} : { description: contract.description }),
      ...(contract.externalDocs === undefined ? {} : { externalDocs: { ...contract.externalDocs } }),
      ...(contract.deprecated === true ? { deprecated: true } : {}),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(requestBody === null ? {} : { requestBody }),
      responses: responsesOf(operation, this.#responseMaking, hint),
      ...(contract.security === undefined
        ? {}
        : { security: this.#security(contract.security, `${operation.method} ${operation.path}`) }),
      ...contract.extensions,
    }
  }

  get #responseMaking(): ResponseMaking {
    return { components: this.#components, responses: this.#responses, problems: this.#problems }
  }

  document(paths: Record<string, PathItemObject>): OpenApiDocument {
    const { info, base, externalDocs, security } = this.#options
    const servers = this.#options.servers ?? (base === undefined ? undefined : [{ url: base }])
    const tags = this.#allTags()
    const components = this.#allComponents()
    return {
      openapi: '3.1.1',
      info: { ...info },
      ...(servers === undefined ? {} : { servers: [...servers] }),
      ...(security === undefined ? {} : { security: this.#security(security, 'the document') }),
      ...(tags.length === 0 ? {} : { tags }),
      ...(externalDocs === undefined ? {} : { externalDocs }),
      paths,
      ...(Object.keys(components).length === 0 ? {} : { components }),
    }
  }

  #security(security: NonNullable<DocumentOptions['security']>, where: string) {
    return securityOf(security, this.#options.securitySchemes, where)
  }

  #allTags(): TagObject[] {
    const given = (this.#options.tags ?? []).map((tag) => (typeof tag === 'string' ? { name: tag } : tag))
    const known = new Set(given.map(({ name }) => name))
    return [...given, ...[...this.#tags].filter((name) => !known.has(name)).map((name) => ({ name }))]
  }

  #allComponents(): ComponentsObject {
    const { securitySchemes = {} } = this.#options
    const schemas = this.#components.all()
    const responses = this.#responses.all()
    return {
      ...(Object.keys(schemas).length === 0 ? {} : { schemas }),
      ...(Object.keys(responses).length === 0 ? {} : { responses }),
      ...(Object.keys(securitySchemes).length === 0 ? {} : { securitySchemes: { ...securitySchemes } }),
    }
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
