import { findMember, whereQueryIsReadOnly } from './request-class.js'
import { type InputRequest, together, type ValidParts } from './request.js'

/*
 * What a request keeps of the contracts before a handler. Runs for each request that has a contract; watched by bench/validate.mjs.
 *
 * Perf: on Node 20 and 22 each request of Express has a hidden class of its own, after what Express does to its prototype: a new member
 * costs more than a microsecond there, and an entry beside it a quarter of one. So those requests get none, and read `req.valid` from the
 * prototype that all of them have from their Express. Where requests share their class, a member costs next to nothing.
 */

const SHARES_CLASSES = Number(process.versions.node.split('.', 1)[0]) >= 24

/** Where a request keeps what its parts were before they were validated. */
const KEPT = Symbol('nozomi.schema.kept')

interface KeepingRequest extends InputRequest {
  [KEPT]?: Kept
}

/** Of those requests that had better get no members. */
const keptBeside = new WeakMap<object, Kept>()

/**
 * What the parts of a request were, and what became of them. Several contracts may stand before a handler: each gets what the client
 * sent, and not what a schema before it left of that; unless somebody else has replaced the part since.
 */
export class Kept {
  readonly params = new KeptPart()
  readonly query = new KeptPart()
  readonly cookies = new KeptPart()
  readonly body = new KeptPart()
  /** Whether `req.valid` is here, and no member of the request. */
  readonly isBeside: boolean
  /** `req.valid` of such a request. */
  valid: ValidParts | undefined = undefined

  constructor(isBeside: boolean) {
    this.isBeside = isBeside
  }
}

/** One part of a request, from contract to contract. */
export class KeptPart {
  /** What the client sent. */
  raw: unknown = undefined
  /** What the contracts have made of it. */
  parsed: unknown = undefined
  /** Whether a contract before has made something of it that still stands. */
  isParsed = false

  /** What the client sent, as far as is known, where `current` is there now. */
  take(current: unknown): unknown {
    this.isParsed = current !== undefined && this.parsed === current
    if (!this.isParsed) this.raw = current
    return this.raw
  }

  /** What is to be there after a contract that names these keys made `value` of it. */
  put(value: unknown, named: ReadonlySet<string>, sent: unknown = this.raw): unknown {
    this.parsed = this.isParsed ? together(this.parsed, value, sent, named) : value
    return this.parsed
  }
}

/** Of requests whose contract names no part that is kept: headers and files are not. */
const NOTHING_KEPT = new Kept(false)

/**
 * What is kept of a request. Perf: a contract asks for it once, and hands it to its parts.
 *
 * @param isNeeded whether the contract names a part that is kept
 */
export function keptOf(req: InputRequest, isNeeded: boolean): Kept {
  if (!SHARES_CLASSES && isKeptBeside(req)) return keptBesideOf(req)
  return isNeeded ? ((req as KeepingRequest)[KEPT] ??= new Kept(false)) : NOTHING_KEPT
}

function keptBesideOf(req: object): Kept {
  let found = keptBeside.get(req)
  if (found === undefined) {
    // Middleware may have given the request a member of its own, which then counts.
    found = new Kept(!Object.hasOwn(req, 'valid'))
    keptBeside.set(req, found)
  }
  return found
}

/** `req.valid`, made where there was none. Perf: each part is written by its name, where it is validated. */
export function validOf(req: InputRequest, kept: Kept): ValidParts {
  return kept.isBeside ? (kept.valid ??= {}) : (req.valid ??= {})
}

/** By prototype: whether its requests have the member `valid` from here. */
const known = new WeakMap<object, boolean>()

function isKeptBeside(req: object): boolean {
  const prototype = Object.getPrototypeOf(req) as object
  const isKnown = known.get(prototype)
  if (isKnown !== undefined) return isKnown
  const express = whereQueryIsReadOnly(prototype)
  const isBeside = express !== null && readsValid(prototype, express)
  known.set(prototype, isBeside)
  return isBeside
}

/** `req.valid` of requests that have no member of their own for it. */
const VALID: TypedPropertyDescriptor<ValidParts | undefined> = {
  get(this: object) {
    return findValid(this)
  },
  set(this: object, value) {
    keptBesideOf(this).valid = value
  },
  enumerable: false,
  configurable: true,
}

/** Of a request, or of an object that has one for its prototype. */
function findValid(req: object): ValidParts | undefined {
  for (let at: object | null = req; at !== null; at = Object.getPrototypeOf(at)) {
    const found = keptBeside.get(at)
    if (found !== undefined) return found.valid
  }
  return undefined
}

/** Where the prototype has a `valid` of somebody else, it is theirs, and written as any member is. */
function readsValid(prototype: object, express: object): boolean {
  const member = findMember(prototype, 'valid')
  return member === null
    ? Reflect.defineProperty(express, 'valid', VALID)
    : member.descriptor.get === VALID.get
}
