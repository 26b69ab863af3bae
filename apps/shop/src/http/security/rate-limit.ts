import { rateLimit, type Store } from 'express-rate-limit'
import { RedisStore, type RedisReply } from 'rate-limit-redis'
import type { Log } from '../../platform/log/log.js'
import type { AnyState } from '../../platform/state/open-state.js'
import type { RequestHandler } from '../framework.js'
import { Problem } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'
import { clientAddress } from './client-address.js'

const WINDOW_MS = 60_000

/**
 * So many requests a minute for each address; counted across all instances when the state is in Redis. While Redis is
 * away nobody is limited: a shop that turns everybody away would be the worse of the two.
 */
export function createRateLimit(limit: number, state: AnyState, log: Log): RequestHandler {
  const store = storeIn(state)
  return rateLimit({
    windowMs: WINDOW_MS,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    passOnStoreError: true,
    logger: {
      error: (error) => log.warn(`requests are not counted: ${String(error)}`),
      warn: (error) => log.warn(String(error)),
    },
    keyGenerator: clientAddress,
    ...(store !== null && { store }),
    handler: (_req, res, next) => next(tooManyRequests(Number(res.getHeader('Retry-After') ?? 60))),
  })
}

/** The problem 429. `seconds`: when it is worth trying again. */
export function tooManyRequests(
  seconds: number,
  detail = 'There were too many requests from your address.',
): Problem {
  const wait = Math.max(1, Math.ceil(seconds))
  return new Problem(PROBLEMS['too-many-requests'], `${detail} Try again in ${wait} s.`, {
    headers: { 'Retry-After': String(wait) },
  })
}

/** Null: the library's own, which forgets every minute and so is bounded. */
function storeIn(state: AnyState): Store | null {
  if (!('client' in state)) return null
  const { client, prefix } = state
  return new RedisStore({
    prefix: `${prefix}rate:`,
    sendCommand: (command, ...words) => client.call(command, ...words) as Promise<RedisReply>,
  })
}
