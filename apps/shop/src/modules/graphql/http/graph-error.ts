import { GraphQLError } from 'graphql'
import { StorageUnavailable } from '../../../domain/errors.js'
import type { Log } from '../../../platform/log/log.js'
import { UnknownCategory } from '../../catalogue/domain/errors.js'
import { badArgument } from '../schema/arguments.js'

const SUGGESTION = / Did you mean .*$/

/**
 * Security: what broke inside is for the log. A client is told what it did wrong, and no more; not even which names
 * are near to the one that it guessed, when it may not ask for the schema.
 */
export function createErrorFormat(log: Log, introspection: boolean) {
  return function formatError(error: Readonly<GraphQLError | Error>): GraphQLError | Error {
    if (!(error instanceof GraphQLError)) return masked(log, error)
    const { originalError: cause, path, nodes } = error
    if (cause === undefined || cause instanceof GraphQLError) {
      return introspection ? error : without(error, SUGGESTION)
    }
    const place = { path, nodes }
    if (cause instanceof UnknownCategory) {
      const { message, extensions } = badArgument(
        'filter.category',
        cause.slug,
        `one of ${cause.known.join(', ')}`,
      )
      return new GraphQLError(message, { ...place, extensions })
    }
    if (cause instanceof StorageUnavailable) {
      log.error('a query of the graph could not be answered', cause)
      const message = 'The database does not answer. Try again in a few seconds.'
      return new GraphQLError(message, { ...place, extensions: { code: 'UNAVAILABLE' } })
    }
    return masked(log, cause, place)
  }
}

function masked(log: Log, cause: unknown, place: object = {}): GraphQLError {
  log.error('a query of the graph failed', cause)
  return new GraphQLError('This could not be answered.', { ...place, extensions: { code: 'INTERNAL' } })
}

function without(error: GraphQLError, part: RegExp): GraphQLError {
  const { nodes, source, positions, path, extensions } = error
  return new GraphQLError(error.message.replace(part, ''), { nodes, source, positions, path, extensions })
}
