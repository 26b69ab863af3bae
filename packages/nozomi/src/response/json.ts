import { configurationOf, type JsonReplacer } from '../settings/configuration.js'
import { plainFields } from './send.js'
import type { ResponseState } from './state.js'

const ESCAPES: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }

export const jsonMembers: object & ThisType<ResponseState> = {
  /** Answers with a value as JSON, as the settings `json escape`, `json replacer` and `json spaces` have it. */
  json(value: unknown): ResponseState {
    const body = stringify(this, value)
    const fields = plainFields(this)
    if (fields === null) {
      if (!this.get('Content-Type')) this.set('Content-Type', 'application/json')
    } else if (!fields['content-type']?.[1]) {
      fields['content-type'] = ['Content-Type', 'application/json; charset=utf-8']
    }
    return this.send(body)
  },

  /** As `json()`; when the query names a callback (setting `jsonp callback name`), as a script that calls it. */
  jsonp(value: unknown): ResponseState {
    let body = stringify(this, value)
    if (!this.get('Content-Type')) {
      this.set('X-Content-Type-Options', 'nosniff')
      this.set('Content-Type', 'application/json')
    }
    let callback = this.req.query[configurationOf(this.app).jsonpCallbackName]
    if (Array.isArray(callback)) callback = callback[0]
    if (typeof callback === 'string' && callback.length !== 0) {
      this.set('X-Content-Type-Options', 'nosniff')
      this.set('Content-Type', 'text/javascript')
      body = callbackScript(callback, body)
    }
    return this.send(body)
  },
}

function stringify(res: ResponseState, value: unknown): string | undefined {
  const { jsonReplacer, jsonSpaces, jsonEscape } = configurationOf(res.app)
  const text: string | undefined =
    jsonReplacer || jsonSpaces
      ? JSON.stringify(value, jsonReplacer as Exclude<JsonReplacer, unknown[]>, jsonSpaces)
      : JSON.stringify(value)
  return jsonEscape && typeof text === 'string'
    ? text.replace(/[<>&]/g, (character) => ESCAPES[character]!)
    : text
}

function callbackScript(callback: string, json: string | undefined): string {
  // Security: only what can stand in a member expression, so that the name can't hold a script of its own.
  const name = callback.replace(/[^[\]\w$.]/g, '')
  // U+2028 and U+2029 end a line in a script, and do not in JSON.
  const argument = json === undefined ? '' : json.replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029')
  // Security: the comment in front keeps the answer from being read as a Flash file ("Rosetta Flash").
  return `/**/ typeof ${name} === 'function' && ${name}(${argument});`
}
