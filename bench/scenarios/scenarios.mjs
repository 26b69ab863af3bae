import { CONTESTANTS } from '../contestants/contestants.mjs'
import api from './api.mjs'
import connections from './connections.mjs'
import errors from './errors.mjs'
import files from './files.mjs'
import form from './form-post.mjs'
import hello from './hello.mjs'
import jsonPost from './json-post.mjs'
import largeJson from './large-json.mjs'
import middleware from './middleware.mjs'
import mounted from './mounted.mjs'
import production from './production.mjs'
import routes from './routes.mjs'
import send from './send.mjs'
import startUp from './start-up.mjs'
import text from './text.mjs'

/**
 * @typedef {object} Request
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} [fields]
 * @property {string} [body]
 * @property {{ status: number, fields: Record<string, string | RegExp | undefined>, body?: string }} expect
 *   what every contestant must answer; a field that is undefined must be absent, a body that is undefined is not read
 *
 * @typedef {object} Scenario
 * @property {string} name what it is called on the command line and in files
 * @property {string} title
 * @property {string} [note] what a reader of the table has to know
 * @property {'load' | 'idle' | 'start-up'} measure
 * @property {string} application which application each contestant builds (contestants/*.mjs), from `options`
 * @property {object} options
 * @property {Request[]} requests sent in turn
 * @property {(send: Function) => Promise<Record<string, string>>} [prepare] asks the server for what the requests
 *   need, and gives fields that are added to all of them
 * @property {string[]} fieldsOfExpress who must answer with the fields of Express 5, all of them, but for the date
 * @property {Record<string, string>} absent who takes no part, and why
 * @property {string[]} contestants who takes part
 */

/** @type {Scenario[]} */
export const SCENARIOS = [
  ...hello,
  ...text,
  ...api,
  ...routes,
  ...middleware,
  ...mounted,
  ...jsonPost,
  ...form,
  ...largeJson,
  ...files,
  ...send,
  ...errors,
  ...production,
  ...connections,
  ...startUp,
].map(complete)

function complete(scenario) {
  const absent = scenario.absent ?? {}
  return {
    measure: 'load',
    options: {},
    fieldsOfExpress: ['nozomi', 'nozomi-turbo'],
    ...scenario,
    absent,
    contestants: Object.keys(CONTESTANTS).filter((name) => !(name in absent)),
  }
}
