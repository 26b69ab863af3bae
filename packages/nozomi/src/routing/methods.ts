import { METHODS } from 'node:http'

/** The methods that node's parser accepts, in lower case: each is a member of the application, a Router and a Route. */
export const methods: readonly string[] = METHODS.map((method) => method.toLowerCase())
