import type { audit } from '@nozomi/insight'

/** An application of Nozomi or of Express 5. */
export type Application = Parameters<typeof audit>[0]

/** Parity: whatever has `handle` and `set` is an application. */
export function isApplication(value: unknown): value is Application {
  if (typeof value !== 'function') return false
  const { handle, set } = value as { handle?: unknown; set?: unknown }
  return typeof handle === 'function' && typeof set === 'function'
}
