import { stdSerializers } from 'pino'

/** What a failed query says of its values, in its message and its stack. */
const VALUES = /\nparams: .*?(?=\n {4}at |$)/s

/**
 * An error as it may stand in the log. Security: errors of queries (Drizzle) name the values: addresses of people,
 * hashes of passwords. The statement stays, the values go.
 */
export function showError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const {
    params: _params,
    message,
    stack,
    ...shown
  } = stdSerializers.err(error) as unknown as Record<string, unknown>
  return { ...shown, message: withoutValues(message), stack: withoutValues(stack) }
}

function withoutValues(text: unknown): unknown {
  return typeof text === 'string' ? text.replaceAll(new RegExp(VALUES, 'gs'), '') : text
}
