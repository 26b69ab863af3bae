import { createLambdaHandler, type LambdaHandler } from '../server/lambda/lambda.js'
import type { LambdaOptions } from '../server/lambda/lambda-options.js'
import { answering, type Target } from './target.js'

/**
 * Makes a handler for AWS Lambda, behind API Gateway (REST and HTTP APIs), a load balancer or a function URL, of an
 * application, a router alone, or any listener for requests of node:http.
 */
export function lambda(target: Target, options: LambdaOptions = {}): LambdaHandler {
  const { classes, listener } = answering(target)
  return createLambdaHandler(classes, listener, options)
}
