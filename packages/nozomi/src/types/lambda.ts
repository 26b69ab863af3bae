/**
 * The types of `lambda()`: an application behind AWS Lambda.
 */

export interface LambdaOptions {
  /**
   * Is cut off the path where it begins with it: the key under which a custom domain maps to the API, such as `/v1`; or
   * `'stage'`, the stage of the API, which an HTTP API puts before the path. Default: nothing is cut.
   */
  prefix?: 'stage' | `/${string}` | undefined
  /**
   * Which answers are given as base64: all, none, those of these media types (`image/*`), or what a function says of their
   * Content-Type and Content-Encoding (empty where there is none). Default: all that have a content coding, and all that are
   * no text by their type. What is not UTF-8 always is.
   */
  binary?: boolean | readonly string[] | ((type: string, coding: string) => boolean) | undefined
  /** Sends answers while they are written, through `awslambda.streamifyResponse`. Default false. */
  streaming?: boolean | undefined
  /** How long before the time-out of the function a request is given up, in milliseconds. Default 250. */
  timeoutMarginMs?: number | undefined
}

/** What AWS called the function with: `req.lambda`. */
export interface LambdaInvocation {
  event: any
  context: any
}

/** What AWS calls. It gives a result in the format of whatever sent the event. */
export type LambdaHandler = (event: any, context: any) => Promise<any>
