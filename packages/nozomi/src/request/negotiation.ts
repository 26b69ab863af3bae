import accepts from 'accepts'
import type { RequestState } from './state.js'

/*
 * Proactive negotiation (RFC 9110 §12). Each takes the offers as an array or one by one and gives the best, or
 * false; without offers, all that the client accepts, best first.
 */
export const negotiationMembers: object & ThisType<RequestState> = {
  accepts(this: RequestState, ...types: string[]) {
    return accepts(this).types(...types)
  },
  acceptsEncodings(this: RequestState, ...codings: string[]) {
    return accepts(this).encodings(...codings)
  },
  acceptsCharsets(this: RequestState, ...charsets: string[]) {
    return accepts(this).charsets(...charsets)
  },
  acceptsLanguages(this: RequestState, ...languages: string[]) {
    return accepts(this).languages(...languages)
  },
}
