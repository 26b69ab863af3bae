/**
 * What routing uses of a request and a response, and nothing more: a Router also serves a bare
 * `http.createServer((req, res) => router(req, res, done))`, and messages of other frameworks.
 */
export interface RoutableRequest {
  method?: string
  url?: string
  baseUrl?: string
  originalUrl?: string
  params?: Params
  route?: unknown
  next?: Next
  app?: unknown
}

export interface RoutableResponse {
  setHeader(name: string, value: string | number): unknown
  end(body: string): unknown
}

/** Goes on with the next layer; with an error, with the next error handler. */
export type Next = (error?: unknown) => void

export type RequestHandle = (req: RoutableRequest, res: RoutableResponse, next: Next) => unknown
export type ErrorHandle = (error: unknown, req: RoutableRequest, res: RoutableResponse, next: Next) => unknown
export type ParamHandle = (
  req: RoutableRequest,
  res: RoutableResponse,
  next: Next,
  value: unknown,
  name: string,
) => unknown

/** A handler is told from an error handler by its number of parameters, when it is called. */
export type Handle = RequestHandle | ErrorHandle

export type Params = Record<string, unknown>
export type Path = string | RegExp | readonly Path[]
