import type { ReceivedAs, SentAs } from './media-content.js'
import type { ParamValue } from './path-params.js'
import type { HeadersPart, Part } from './request-parts.js'

/*
 * Calls of the operations of an OpenAPI document, typed by what openapi-typescript makes of it. Its types are those of JSON already.
 */

/** What a call of an operation takes. */
export type OperationRequest<Operation, Method> = Part<'params', PathOf<Operation>> &
  Part<'query', In<Operation, 'query'>> &
  HeadersPart<In<Operation, 'header'>> &
  (Method extends 'get' | 'head' ? { readonly body?: undefined } : BodyOf<Operation>)

/** What an operation answers, by status. */
export type DataOfOperation<Operation> = Operation extends { responses: infer R }
  ? { [Status in keyof R]: DataOf<R[Status]> }
  : {}

type In<Operation, Place extends string> = Operation extends { parameters: { [P in Place]?: infer Values } }
  ? [NonNullable<Values>] extends [never]
    ? {}
    : NonNullable<Values>
  : {}

/** A number says itself as a text, and a text of digits may be meant as a number. */
type PathOf<Operation> = { [Name in keyof In<Operation, 'path'>]: In<Operation, 'path'>[Name] & ParamValue }

type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { readonly body: SentContent<Content> }
  : Operation extends { requestBody?: infer Body }
    ? [NonNullable<Body>] extends [never]
      ? { readonly body?: undefined }
      : NonNullable<Body> extends { content: infer Content }
        ? { readonly body?: SentContent<Content> | undefined }
        : { readonly body?: undefined }
    : { readonly body?: undefined }

type SentContent<Content> = {
  [MediaType in keyof Content]: SentAs<MediaType, Content[MediaType]>
}[keyof Content]

type DataOf<Response> = Response extends { content: infer Content }
  ? { [MediaType in keyof Content]: ReceivedAs<MediaType, Content[MediaType]> }[keyof Content]
  : undefined
