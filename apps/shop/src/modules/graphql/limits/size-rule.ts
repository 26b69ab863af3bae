import { GraphQLError, type ValidationRule } from 'graphql'
import { sizeOf } from './query-size.js'

export const MAX_DEPTH = 8
export const MAX_COST = 10_000
/** A text with more is not parsed to its end. */
export const MAX_TOKENS = 2000

/** Refuses operations that are too deep or too dear, before anything is executed. */
export function createSizeRule(variables: Readonly<Record<string, unknown>>): ValidationRule {
  return function sizeRule(context) {
    return {
      OperationDefinition(operation) {
        const { depth, cost } = sizeOf(operation, context.getDocument(), variables)
        if (depth > MAX_DEPTH) {
          context.reportError(
            refused('QUERY_TOO_DEEP', `The query is ${depth} fields deep; expected at most ${MAX_DEPTH}.`),
          )
        }
        if (cost > MAX_COST) {
          const message = `The query costs ${cost}; expected at most ${MAX_COST}. Ask for fewer fields, or for a smaller "first".`
          context.reportError(refused('QUERY_TOO_DEAR', message))
        }
      },
    }
  }
}

function refused(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}
