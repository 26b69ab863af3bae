import { HttpError } from './http-error.js'

/**
 * Every error that the framework raises because of what a client sent, or of how it was configured.
 *
 * A code is never reused and its meaning never changes: programs match on it. `type` is body-parser's name for the
 * same thing, and the messages that the ecosystem reads are Express's to the letter. The reference page of the
 * errors, and the tests, are made from this table.
 */
export const catalogue = {
  NOZOMI_BODY_TOO_LARGE: entry(413, 'entity.too.large', () => 'request entity too large'),
  NOZOMI_BODY_ABORTED: entry(400, 'request.aborted', () => 'request aborted'),
  NOZOMI_BODY_LENGTH_MISMATCH: entry(
    400,
    'request.size.invalid',
    () => 'request size did not match content length',
  ),
  NOZOMI_BODY_ENCODING_SET: entry(500, 'stream.encoding.set', () => 'stream encoding should not be set'),
  NOZOMI_BODY_NOT_READABLE: entry(500, 'stream.not.readable', () => 'stream is not readable'),
  NOZOMI_BODY_CHARSET: entry(
    415,
    'charset.unsupported',
    (charset: string) => `unsupported charset "${charset}"`,
  ),
  NOZOMI_BODY_CODING: entry(
    415,
    'encoding.unsupported',
    (coding: string) => `unsupported content encoding "${coding}"`,
  ),
  NOZOMI_BODY_CODING_REFUSED: entry(415, 'encoding.unsupported', () => 'content encoding unsupported'),
  NOZOMI_BODY_TOO_MANY_PARAMETERS: entry(413, 'parameters.too.many', () => 'too many parameters'),
  NOZOMI_BODY_TOO_DEEP: entry(400, 'querystring.parse.rangeError', () => 'The input exceeded the depth'),
  NOZOMI_BODY_PROTO_KEY: entry(
    400,
    'entity.proto.key',
    (key: string) =>
      `the JSON body holds the key "${key}", which could change an object's prototype; it was refused`,
  ),
  NOZOMI_THROWN_SIGNAL: entry(
    500,
    null,
    (signal: string) =>
      `a handler threw or rejected with the string "${signal}", which does not steer routing; ` +
      `call next('${signal}') to leave the ${signal}, or throw an Error`,
  ),
  NOZOMI_PATH_NOT_CANONICAL: entry(
    404,
    null,
    (path: string) =>
      `the path ${JSON.stringify(path)} is no canonical spelling: ask for it without empty or dot segments, ` +
      'backslashes and needless percent-encoding',
  ),
  NOZOMI_PARAM_ENCODING: entry(400, null, (value: string) => `Failed to decode param '${value}'`),
  NOZOMI_FORMAT_NOT_ACCEPTABLE: entry(406, null, () => 'Not Acceptable'),
  NOZOMI_FILE_NAME: entry(400, null, () => 'Bad Request'),
  NOZOMI_FILE_FORBIDDEN: entry(403, null, () => 'Forbidden'),
  NOZOMI_FILE_NOT_FOUND: entry(404, null, () => 'Not Found'),
  NOZOMI_FILE_CODING_NOT_ACCEPTABLE: entry(406, null, () => 'Not Acceptable'),
  NOZOMI_FILE_PRECONDITION: entry(412, null, () => 'Precondition Failed'),
  NOZOMI_FILE_RANGE: entry(416, null, () => 'Range Not Satisfiable'),
  NOZOMI_SERVER_UNKNOWN: entry(
    500,
    null,
    (name: string, source: string) =>
      `${source} names the server ${JSON.stringify(name)}, which there is not: choose 'node' (the default), ` +
      "'turbo' or 'http2'",
  ),
  NOZOMI_CERTIFICATES: entry(500, null, (problem: string) => `certificates: ${problem}`),
  NOZOMI_REDIRECT_OPTION: entry(
    500,
    null,
    (option: string, value: string) =>
      `redirectToHttps(): the option \`${option}\` is ${value}; host: a host name without a port, or a list of them; port: ` +
      '1 to 65535; status: 301, 302, 307 or 308',
  ),
  NOZOMI_REDIRECT_HOST: entry(400, null, () => 'the request names no valid host to redirect to'),
  NOZOMI_HTTP2_STATUS: entry(
    500,
    null,
    (status: number) => `an answer over HTTP/2 has a status from 200 to 599, and not ${status}`,
  ),
  NOZOMI_INJECT_OPTION: entry(
    500,
    null,
    (option: string, problem: string) => `inject(): the option \`${option}\`: ${problem}`,
  ),
  NOZOMI_INJECT_SENT: entry(
    500,
    null,
    () => 'inject(): the request has been sent; set its options before it is awaited',
  ),
  NOZOMI_INJECT_ABORTED: entry(500, null, (isBeforeHead: boolean) =>
    isBeforeHead
      ? 'inject(): the response was destroyed before it had been answered'
      : 'inject(): the response was destroyed before all of it had been sent',
  ),
  NOZOMI_INJECT_JSON: entry(
    500,
    null,
    (status: number, type: string, start: string) =>
      `inject(): the body of the answer is no JSON (status ${status}, Content-Type ${type}): ${JSON.stringify(start)}`,
  ),
  NOZOMI_INJECT_STREAMED: entry(
    500,
    null,
    () => 'inject(): the answer was asked for with `stream: true`; read its body from `answer.stream`',
  ),
  NOZOMI_INJECT_EXPECTATION: entry(
    500,
    null,
    (wrong: string, status: number, body: string) =>
      `inject(): ${wrong}. The answer: ${status} ${JSON.stringify(body.slice(0, 500))}`,
  ),
  NOZOMI_FETCH_REQUEST: entry(
    500,
    null,
    (found: string) => `app.fetch(): got ${found}, and wants a Request whose body nobody has read`,
  ),
  NOZOMI_FETCH_STATUS: entry(
    500,
    null,
    (status: number) =>
      `app.fetch(): the application answered with the status ${status}, and a Response can have 200 to 599`,
  ),
  NOZOMI_FETCH_ABORTED: entry(
    500,
    null,
    () => 'app.fetch(): the application destroyed the response before all of it was there',
  ),
  NOZOMI_LAMBDA_OPTION: entry(
    500,
    null,
    (option: string, problem: string) => `lambda(): the option \`${option}\`: ${problem}`,
  ),
  NOZOMI_LAMBDA_STREAMING: entry(
    500,
    null,
    () =>
      'lambda(): `streaming` needs the global `awslambda` of the Node.js runtime of AWS Lambda, which is not here',
  ),
  NOZOMI_LAMBDA_EVENT: entry(
    500,
    null,
    (field: string, found: string, wanted: string) =>
      `lambda(): \`${field}\` is ${found}, and must be ${wanted}`,
  ),
  NOZOMI_LAMBDA_TOO_LARGE: entry(
    500,
    null,
    (size: number, limit: number, gateway: string) =>
      `lambda(): the answer takes ${size} bytes or more, and ${gateway} takes ${limit} from a function; send it with ` +
      '`streaming`, in parts, or from a bucket',
  ),
  NOZOMI_LAMBDA_TIMEOUT: entry(
    500,
    null,
    (method: string, target: string, remainingMs: number) =>
      `lambda(): ${method} ${target} was not answered ${remainingMs} ms before the function times out, and was given up`,
  ),
  NOZOMI_LAMBDA_ABORTED: entry(
    500,
    null,
    () =>
      'lambda(): the answer broke off: the application destroyed the response, or nobody takes it any more',
  ),
  NOZOMI_WEB_RESULT: entry(
    500,
    null,
    (handler: string, found: string) =>
      `web(): the handler ${handler} returned ${found}; return a Response whose body nobody has read, or undefined to go ` +
      'on with the next handler',
  ),
  NOZOMI_WEB_BODY_READ: entry(
    500,
    null,
    (reason: string) =>
      `web(): the body of the request was read before, and can't be had again: ${reason}; put web() before what reads it`,
  ),
  NOZOMI_WEB_METHOD: entry(
    501,
    null,
    (method: string) => `web(): no Request can have the method ${method}; answer it by a handler of its own`,
  ),
  NOZOMI_WEB_PATH: entry(
    400,
    null,
    (path: string, understood: string) =>
      `the path ${JSON.stringify(path)} is no canonical spelling: a URL understands it as ${JSON.stringify(understood)}`,
  ),
  NOZOMI_FILE_SHRUNK: entry(
    500,
    null,
    (path: string) =>
      `the file ${JSON.stringify(path)} became shorter while it was being sent; replace files by renaming a new one ` +
      'onto them',
  ),
} as const

export type ErrorCode = keyof typeof catalogue

type Arguments<Code extends ErrorCode> = Parameters<(typeof catalogue)[Code]['message']>

/** An error of the catalogue: an HttpError with its `code` and body-parser's `type`. */
export interface CodedError extends HttpError {
  code: ErrorCode
  type: string | null
}

/** Makes the error of a code; `fields` are set on it beside `code` and `type` (`limit`, `received`, ...). */
export function createError<Code extends ErrorCode>(
  code: Code,
  args: Arguments<Code>,
  fields?: Record<string, unknown>,
): CodedError {
  const { status, type, message } = catalogue[code]
  const error = new HttpError(status, (message as (...values: unknown[]) => string)(...args))
  return Object.assign(error, { code, ...(type === null ? {} : { type }) }, fields) as CodedError
}

function entry<Args extends unknown[]>(
  status: number,
  type: string | null,
  message: (...args: Args) => string,
) {
  return { status, type, message }
}
