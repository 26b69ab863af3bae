import type { Operation } from '../../operations/operation.js'
import type { Contract } from '../../types/contract.js'
import type { Schema } from '../../types/schema.js'
import type {
  ExternalDocsObject,
  InfoObject,
  SecuritySchemeObject,
  ServerObject,
  TagObject,
} from './document.js'

/** What a document says that no route can. */
export interface DocumentOptions {
  readonly info: InfoObject
  /**
   * The path that the paths of the document are relative to, such as `/api`. Routes that are not below it are left out. Default: none.
   */
  readonly base?: string
  /** Default: `base`, else none; `openapi()` gives the application's own address, as seen from the document. */
  readonly servers?: readonly ServerObject[]
  /** In the order in which they are to be shown. Those that routes name besides come behind. */
  readonly tags?: readonly (string | TagObject)[]
  readonly externalDocs?: ExternalDocsObject
  /** What the names in `security` of routes stand for. */
  readonly securitySchemes?: Readonly<Record<string, SecuritySchemeObject>>
  /** Of the routes that name none themselves. Default: none. */
  readonly security?: Contract['security']
  /** Names for schemas that have none themselves. Default: `title` and `id` of a schema name it. */
  readonly components?: Readonly<Record<string, Schema>>
  /** Whether an operation is in the document. Default: each that has a template and is not `hidden`. */
  readonly include?: (operation: Operation) => boolean
  /**
   * Whether routes with a contract are said to answer what `problems()` does: 400 or 422, 413, 415, in the form of RFC 9457.
   * Default `true`.
   */
  readonly problems?: boolean
}
