/** One entry of an Accept field. */
export interface MediaType {
  value: string
  quality: number
  type: string
  subtype: string
}

/** One range of a Range field: positions of the first and of the last byte, both included. */
export interface ByteRange {
  start: number
  end: number
}

/** The ranges of a Range field, with their unit (`'bytes'`) in `type`. */
export interface RequestRanges extends Array<ByteRange> {
  type: string
}

/** Options of `req.range()`. */
export interface RangeOptions {
  /** Join ranges that overlap or touch. Default `false`. */
  combine?: boolean | undefined
}

/** What `req.range()` says when no range lies inside the size (answer 416). */
export type RangeUnsatisfiable = -1

/** What `req.range()` says when the field is malformed (ignore it). */
export type RangeInvalid = -2
