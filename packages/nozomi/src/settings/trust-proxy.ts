import { compile } from 'proxy-addr'

/** Whether the forwarded fields set by the peer with this address, `hop` hops away, are believed. */
export type Trust = (address: string, hop: number) => boolean

/**
 * Compiles the setting `trust proxy`: true for everybody, a number of hops, addresses and subnets (an array, or
 * separated by commas; `loopback`, `linklocal` and `uniquelocal` are names of subnets), or a function.
 *
 * @throws TypeError when an address can't be read.
 */
export function compileTrust(value: unknown): Trust {
  if (typeof value === 'function') return value as Trust
  if (value === true) return () => true
  if (typeof value === 'number') return (_address, hop) => hop < value
  if (typeof value === 'string') return compile(value.split(',').map((part) => part.trim()))
  return compile((value as string[] | undefined | null | false) || [])
}
