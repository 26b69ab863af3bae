/** Fields by name, in lower case or not; several of one name as a list. */
export type Fields = Readonly<Record<string, string | number | readonly string[] | undefined>>

/**
 * A body: its bytes; null where there was none; undefined where it was not looked at, as it was too long, compressed, or
 * something that has no schema.
 */
export type SeenBody = Uint8Array | null | undefined

/** A request as it went over the wire. */
export interface SeenRequest {
  readonly method: string
  /** The target: path and query. */
  readonly url: string
  readonly headers: Fields
  readonly body?: SeenBody
}

/** An answer as it went over the wire. */
export interface SeenResponse {
  readonly status: number
  readonly headers: Fields
  readonly body?: SeenBody
  /** Whether the body is as it was before the coding that its fields name. Default `false`: then such a body is not looked at. */
  readonly isInflated?: boolean
}

export interface Exchange {
  readonly request: SeenRequest
  readonly response: SeenResponse
}

/** The value of a field, several joined; undefined where there is none. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? fields[Object.keys(fields).find((key) => key.toLowerCase() === name) ?? name]
  if (value === undefined) return undefined
  return Array.isArray(value) ? value.join(', ') : String(value)
}
