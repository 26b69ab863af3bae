import type { CookieOptions, Response } from 'express-serve-static-core'
import type { ResponseContract } from './contract.js'
import type { InputOf, Schema } from './schema.js'

/** The statuses that may be answered: with `default` or a range, any. */
export type StatusOf<R> = keyof R extends number ? keyof R : number

/** What may be given to `res.json()` under a status. */
export type BodyAt<R, Status> = Status extends keyof R
  ? BodyOfResponse<R[Status]>
  : `${Status & number}` extends `${infer Hundreds extends number}${number}${number}`
    ? `${Hundreds}XX` extends keyof R
      ? BodyOfResponse<R[`${Hundreds}XX` & keyof R]>
      : OtherBody<R>
    : OtherBody<R>

type OtherBody<R> = R extends { readonly default: infer D } ? BodyOfResponse<D> : unknown

type BodyOfResponse<D> = D extends Schema
  ? InputOf<D>
  : D extends ResponseContract
    ? D extends { readonly schema: infer S extends Schema }
      ? InputOf<S>
      : D extends { readonly content: infer Content }
        ? BodyOfContent<Content>
        : D extends { readonly contentType: string }
          ? unknown
          : undefined
    : undefined

/** Of several media types any: with one that has no schema, whatever there is. */
type BodyOfContent<Content> = {
  [MediaType in keyof Content]: Content[MediaType] extends Schema ? InputOf<Content[MediaType]> : unknown
}[keyof Content]

/** What `res.json()` takes where no status was set: what goes with 200; with no 200, what goes with any. */
type UsualBody<R> = 200 extends keyof R ? BodyAt<R, 200> : { [S in keyof R]: BodyAt<R, S> }[keyof R]

type BodyFor<R, Status> = Status extends 'usual' ? UsualBody<R> : BodyAt<R, Status>

/** What is chained, and returns a response that still knows what it may answer. */
type Chained =
  | 'append'
  | 'attachment'
  | 'clearCookie'
  | 'contentType'
  | 'cookie'
  | 'format'
  | 'header'
  | 'links'
  | 'location'
  | 'set'
  | 'type'
  | 'vary'

/**
 * What responses have in common whatever they may answer. Perf: nothing in it is generic, nor returns `this`. So the type checker
 * works it out once, and not for each status of each route, which took it a third of its time.
 */
interface CommonResponse
  extends Omit<Response, 'status' | 'sendStatus' | 'json' | 'jsonp' | 'send' | Chained> {}

type FieldValue = string | number | readonly string[]

/**
 * `res` where answers are declared: `status()` takes the declared ones, and what it returns takes the body that goes with
 * that one.
 */
export interface AnswerResponse<R, Status = 'usual'> extends CommonResponse {
  status<S extends StatusOf<R>>(code: S): AnswerResponse<R, S>
  sendStatus<S extends StatusOf<R>>(code: S): this
  json(...body: BodyArgument<BodyFor<R, Status>>): this
  jsonp(...body: BodyArgument<BodyFor<R, Status>>): this
  send(...body: BodyArgument<BodyFor<R, Status>>): this
  append(field: string, value?: FieldValue): this
  attachment(filename?: string): this
  clearCookie(name: string, options?: CookieOptions): this
  contentType(type: string): this
  cookie(name: string, value: unknown, options?: CookieOptions): this
  format(handlers: object): this
  header(fields: object): this
  header(field: string, value?: FieldValue): this
  links(links: object): this
  location(url: string): this
  set(fields: object): this
  set(field: string, value?: FieldValue): this
  type(type: string): this
  vary(field: string | string[]): this
}

type BodyArgument<Body> = undefined extends Body ? [body?: Body] : [body: Body]
