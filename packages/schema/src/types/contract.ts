import type { Schema } from './schema.js'

/**
 * What a route takes and answers, and what is said of it: the one argument of `validate()`. Each schema is of any library
 * that speaks Standard Schema.
 */
export interface Contract extends Documentation {
  /** The parameters of the path, as strings. Those that the schema does not name stay as they are. */
  readonly params?: Schema
  readonly query?: Schema
  /** By their names in lower case. Those that the schema does not name are never refused. */
  readonly headers?: Schema
  /** By name. Those that the schema does not name are never refused. */
  readonly cookies?: Schema
  /**
   * A schema for whatever was parsed into `req.body`, or one for each media type; null where no body is wanted: a request that brings one
   * does not pass (issue `not_allowed`), and `req.body` is undefined.
   */
  readonly body?: Schema | BodyByType | null
  /** The files of a form, by field; of multer, or of what fills `req.file` and `req.files` in its way. */
  readonly files?: FileRules
  /** What is answered, by status: `200`, `'4XX'`, `'default'`. */
  readonly response?: Responses
}

/** The schemas of a body by media type: `{ 'application/json': …, 'multipart/form-data': … }`. */
export interface BodyByType {
  readonly [mediaType: `${string}/${string}`]: Schema
}

/** The files of a form, by the name of their field. */
export interface FileRules {
  readonly [field: string]: FileRule
}

/** What the files of one field must be. */
export interface FileRule {
  /** Whether a form without it is refused. Default `true`. */
  readonly required?: boolean
  /** How many there may be. Default 1: then it is one file, and no list. */
  readonly maxCount?: number
  /** In bytes, of each file. Default: as many as the upload middleware lets through. */
  readonly maxBytes?: number
  /** Media types, such as `image/png` or `image/*`. Default: all. What the client says, not what is in the file. */
  readonly types?: readonly string[]
  readonly description?: string
}

/** A file that came with a form: the members that multer gives, and that all its storages share. */
export interface UploadedFile {
  readonly fieldname: string
  readonly originalname: string
  readonly mimetype: string
  /** In bytes. */
  readonly size: number
  readonly [member: string]: unknown
}

/** Statuses, ranges of them in the way of OpenAPI, and `default` for all others. */
export type StatusKey = number | `${1 | 2 | 3 | 4 | 5}XX` | 'default'

/** What is answered, by status. */
export type Responses = { readonly [status in StatusKey]?: Schema | ResponseContract | null }

/** What is answered with a status, in full. */
export interface ResponseContract {
  /** Of the value that is given to `res.json()`; absent or null: no body. */
  readonly schema?: Schema | null
  /** For the document. Default: the reason phrase of the status. */
  readonly description?: string
  /** Default `application/json`. What is no JSON is neither validated nor serialized here. */
  readonly contentType?: string
  /**
   * In the place of `schema` and `contentType`, where one answer can have several media types: the schema of each, or null
   * where there is none to say. `res.json()` is held to the type that `res.type()` has set; to `application/json`, or to the first one that is JSON,
   * where none is set. What is no JSON passes.
   */
  readonly content?: ContentByType
  /**
   * The name of the answer in the document, of letters, digits, dots and dashes: `NotFound`. It stands there once, among the components, and operations
   * refer to it. Default: none, and it stands in each operation.
   */
  readonly name?: string
  /** Fields of the answer, by name, with what the document says of them. */
  readonly headers?: Readonly<Record<string, string | { description?: string; schema?: Schema }>>
  readonly examples?: Examples
}

/** The schemas of an answer by media type: `{ 'application/json': …, 'text/csv': null }`. */
export interface ContentByType {
  readonly [mediaType: `${string}/${string}`]: Schema | null
}

/** Named examples, as OpenAPI has them; a list has numbers for names. */
export type Examples = Readonly<Record<string, unknown>> | readonly unknown[]

/** What the OpenAPI document says of a route, besides what follows from its schemas. */
export interface Documentation {
  /** A line. */
  readonly summary?: string
  /** Markdown. */
  readonly description?: string
  /** Unique in the document. Default: made of method and path. */
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly deprecated?: boolean
  /**
   * The names of the security schemes that are needed, with their scopes: `['session']`, `[{ oauth: ['orders:write'] }]`. Entries
   * are alternatives; `[]` is for a route that needs none although its router does.
   */
  readonly security?: readonly (string | Readonly<Record<string, readonly string[]>>)[]
  readonly externalDocs?: { readonly url: string; readonly description?: string }
  /** Of the body. */
  readonly examples?: Examples
  /** Members of the operation that OpenAPI leaves to everybody: `{ 'x-permission': 'orders:write' }`. */
  readonly extensions?: { readonly [name: `x-${string}`]: unknown }
  /** Left out of the document. Default `false`. */
  readonly hidden?: boolean
}
