import { defineAlias, defineMembers, defineOverrides } from '../messages/define-members.js'
import { createInterimOverrides } from '../messages/interim-answers.js'
import { createTrailerOverrides } from '../messages/trailer-fields.js'
import { contentLengthOverrides } from './content-length.js'
import { cookieMembers } from './cookies.js'
import { fieldMembers } from './fields.js'
import { fileMembers } from './files.js'
import { formatMembers } from './format.js'
import { jsonMembers } from './json.js'
import { localsMembers } from './locals.js'
import { nextMethod, nodeResponse } from './node-response.js'
import { redirectMembers } from './redirect.js'
import { renderMembers } from './render.js'
import { sendMembers } from './send.js'
import type { ResponseState } from './state.js'
import { statusMembers } from './status.js'

/** `express.response`: the prototype behind the responses of every application. Patches to it are seen at once. */
export const response: ResponseState = Object.create(nodeResponse)

defineMembers(
  response,
  statusMembers,
  fieldMembers,
  sendMembers,
  jsonMembers,
  cookieMembers,
  redirectMembers,
  formatMembers,
  fileMembers,
  renderMembers,
)
defineAlias(response, 'set', 'header')
defineAlias(response, 'type', 'contentType')
defineOverrides(response, localsMembers)
defineOverrides(nodeResponse, contentLengthOverrides)
defineOverrides(nodeResponse, createInterimOverrides(nextMethod))
defineOverrides(nodeResponse, createTrailerOverrides(nextMethod))
