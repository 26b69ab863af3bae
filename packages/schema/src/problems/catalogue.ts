/**
 * Every error that this package raises. A code is never reused and its meaning never changes: programs match on it.
 */
export const catalogue = {
  NOZOMI_SCHEMA_INVALID: entry(400, (issues: string) => `the request is not valid: ${issues}`),
  NOZOMI_SCHEMA_MEDIA_TYPE: entry(415, (type: string | undefined, accepted: readonly string[]) =>
    type === undefined
      ? `the body has no Content-Type; accepted: ${accepted.join(', ')}`
      : `a body of the type ${JSON.stringify(type)} is not accepted; accepted: ${accepted.join(', ')}`,
  ),
  NOZOMI_SCHEMA_NOT_PARSED: entry(
    500,
    (type: string, parser: string) =>
      `a body of the type ${type} came and nothing has parsed it: put ${parser} before validate()`,
  ),
  NOZOMI_SCHEMA_NOT_FOUND: entry(404, (method: string, path: string) => `nothing answers ${method} ${path}`),
  NOZOMI_SCHEMA_ANSWER: entry(
    500,
    (answer: string, wrong: string, right: string) => `${answer}, and ${wrong}; ${right}`,
  ),
  NOZOMI_SCHEMA_CONTRACT: entry(
    500,
    (by: string, member: string, wrong: string, right: string) => `${by}: ${member}: ${wrong}; ${right}`,
  ),
  NOZOMI_SCHEMA_SECURITY: entry(
    500,
    (where: string, scheme: string) =>
      `${where} needs the security scheme ${JSON.stringify(scheme)}, which the document does not know: ` +
      'say what it is in the option securitySchemes of openapi()',
  ),
  NOZOMI_SCHEMA_SWAGGER_UI: entry(
    500,
    () => 'the page needs swagger-ui-dist: install it, or give openapi() the option docs: false',
  ),
  NOZOMI_SCHEMA_VERSION_UNKNOWN: entry(404, (wanted: string, known: readonly string[]) =>
    known.length === 0 ? wanted : `${wanted}: there are ${known.join(', ')}`,
  ),
  NOZOMI_SCHEMA_VERSION_CONFLICT: entry(
    400,
    (said: string) => `the request asks for several versions: ${said}`,
  ),
  NOZOMI_SCHEMA_VERSION_GONE: entry(
    410,
    (version: string, sunset: string) => `version ${version} is gone since ${sunset}`,
  ),
  NOZOMI_SCHEMA_VERSION_BROWNOUT: entry(
    410,
    (version: string, until: string) =>
      `version ${version} goes, and is out of order on purpose until ${until}, so that this is noticed before`,
  ),
} as const

function entry<Args extends unknown[]>(status: number, message: (...args: Args) => string) {
  return { status, message }
}

type Catalogue = typeof catalogue

export type ErrorCode = keyof Catalogue
export type ErrorArguments<Code extends ErrorCode> = Parameters<Catalogue[Code]['message']>

/**
 * An error of this package: `code`, `status`, and the fields by which `http-errors` knows its own. Its message may be shown to
 * clients when `expose` is true, which it is for 4xx.
 */
export class SchemaError extends Error {
  /** One of the catalogue, unless an application gave an error of its own another. */
  readonly code: ErrorCode | (string & {})
  readonly status: number
  readonly statusCode: number
  readonly expose: boolean
  /** Fields of the answer. */
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(
    code: ErrorCode | (string & {}),
    status: number,
    message: string,
    headers?: Readonly<Record<string, string>>,
  ) {
    super(message)
    this.name = 'SchemaError'
    this.code = code
    this.status = status
    this.statusCode = status
    this.expose = status < 500
    this.headers = headers
  }
}

/** The error of the catalogue with this code, its message made from `args`. */
export function createError<Code extends ErrorCode>(
  code: Code,
  args: ErrorArguments<Code>,
  headers?: Readonly<Record<string, string>>,
): SchemaError {
  const { status, message } = catalogue[code] as {
    status: number
    message(...args: ErrorArguments<Code>): string
  }
  return new SchemaError(code, status, message(...args), headers)
}

/** A contract that can't be meant: told where it is written, at registration. */
export class ContractError extends TypeError {
  readonly code = 'NOZOMI_SCHEMA_CONTRACT'

  /**
   * @param by the function that was given the contract, such as `validate()`
   * @param member the part of it, such as `contract.body`
   */
  constructor(by: string, member: string, wrong: string, right: string) {
    super(catalogue.NOZOMI_SCHEMA_CONTRACT.message(by, member, wrong, right))
    this.name = 'ContractError'
  }
}
