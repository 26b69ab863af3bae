import type { CookieOptions, Response } from 'express-serve-static-core'
import type { ResponseContract } from './contract.js'
import type { InputOf, Schema } from './schema.js'

/** The statuses that may be answered: with `default` or a range, any. */
export type StatusOf<R> = keyof R extends number ? keyof R : number

/** How a body is given: `res.json()` and `res.jsonp()` send JSON, `res.send()` what was set. */
type Way = 'json' | 'send'

/** What may be given under a status. */
type BodyAt<R, Status, By extends Way> = Status extends keyof R
  ? BodyOfResponse<R[Status], By>
  : `${Status & number}` extends `${infer Hundreds extends number}${number}${number}`
    ? `${Hundreds}XX` extends keyof R
      ? BodyOfResponse<R[`${Hundreds}XX` & keyof R], By>
      : OtherBody<R, By>
    : OtherBody<R, By>

type OtherBody<R, By extends Way> = R extends { readonly default: infer D } ? BodyOfResponse<D, By> : unknown

type BodyOfResponse<D, By extends Way> = D extends Schema
  ? InputOf<D>
  : D extends ResponseContract
    ? D extends { readonly schema: infer S extends Schema }
      ? InputOf<S>
      : D extends { readonly content: infer Content }
        ? BodyOfContent<Content, By>
        : D extends { readonly contentType: string }
          ? unknown
          : undefined
    : undefined

/** Of several media types any; where some are JSON, and it is sent, of those. Of one that has no schema, whatever there is. */
type BodyOfContent<Content, By extends Way> = SchemasOf<
  Content,
  By extends 'send' ? keyof Content : JsonOf<keyof Content>
>

type JsonOf<MediaType> = Extract<MediaType, JsonType> extends never ? MediaType : Extract<MediaType, JsonType>

type JsonType = `${string}/json` | `${string}+json`

type SchemasOf<Content, MediaType extends keyof Content> = {
  [One in MediaType]: Content[One] extends Schema ? InputOf<Content[One]> : unknown
}[MediaType]

/** What is taken where no status was set: what goes with 200; with no 200, what goes with any. */
type UsualBody<R, By extends Way> = 200 extends keyof R
  ? BodyAt<R, 200, By>
  : { [S in keyof R]: BodyAt<R, S, By> }[keyof R]

type BodyFor<R, Status, By extends Way> = Status extends 'usual' ? UsualBody<R, By> : BodyAt<R, Status, By>

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
 * works it out once, and not for each status of each route, which took it a third of its time. An interface that extended it would have a `this`
 * of its own, and be made anew for each.
 */
type CommonResponse = Omit<Response, 'status' | 'sendStatus' | 'json' | 'jsonp' | 'send' | Chained>

type FieldValue = string | number | readonly string[]

/**
 * `res` where answers are declared: `status()` takes the declared ones, and what it returns takes the body that goes with
 * that one.
 */
export interface AnswerResponse<R, Status = 'usual'> extends CommonResponse {
  status<S extends StatusOf<R>>(code: S): AnswerResponse<R, S>
  sendStatus<S extends StatusOf<R>>(code: S): this
  json(body: OrNone<BodyFor<R, Status, 'json'>>): this
  jsonp(body: OrNone<BodyFor<R, Status, 'json'>>): this
  send(body: OrNone<BodyFor<R, Status, 'send'>>): this
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

/**
 * A body, which may be left out where it may be undefined: so TypeScript has it of parameters that may be `void`. Whatever there is, is all that
 * is listed: with `unknown` the parameter could not be left out. Where one may be left out, what a function without a result gives passes too.
 *
 * Perf: a rest parameter, `[body?: Body]`, has all members of lists, which the type checker would make for each answer: a twentieth of its work.
 */
type OrNone<Body> = unknown extends Body
  ? {} | null | undefined | void
  : undefined extends Body
    ? Body | void
    : Body
