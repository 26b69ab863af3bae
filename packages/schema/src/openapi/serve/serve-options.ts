import type { DocumentOptions } from '../types/document-options.js'

/** How a document is served. */
export interface OpenApiOptions extends DocumentOptions {
  /** The document is at this path with `.json` and `.yaml` behind it. Default `/openapi`. */
  readonly path?: string
  /** The path of the page; `false` for none. Default `/docs`. */
  readonly docs?: string | false
  /**
   * More parameters of Swagger UI, as far as JSON can say them: `{ defaultModelsExpandDepth: -1 }`.
   *
   * @see https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/
   */
  readonly ui?: Readonly<Record<string, unknown>>
}
