import type { Place } from '../types/place.js'
import { fileOf } from './mapped-place.js'

/*
 * The places in the stack of an error. They are read from its text, as every tool sees it: that is mapped already, be it by
 * node or by a loader that compiles TypeScript.
 */

const FRAME = /^\s*at (.+)$/
const LOCATION = /^(?:async )?(.+):(\d+):(\d+)$/
/** `eval at run (/app/rules.js:3:9), <anonymous>:1:1`: the place is that of the eval. */
const EVAL_ORIGIN = /\(([^()]+):(\d+):(\d+)\)/

/** The places of a stack, from the innermost on; none for what has no stack. Frames without a file are left out. */
export function placesOfStack(error: unknown): Place[] {
  return framesOf(error).flatMap((frame) => placeOfFrame(frame) ?? [])
}

/** The lines of the frames, without those of the message. */
function framesOf(error: unknown): string[] {
  const { stack, message } = textsOf(error)
  const start = message === '' ? -1 : stack.indexOf(message)
  const frames = start === -1 ? stack : stack.slice(start + message.length)
  return frames.split('\n').flatMap((line) => FRAME.exec(line)?.[1] ?? [])
}

/** An error is made by anybody: its members may be absent, of any type, or throw. */
function textsOf(error: unknown): { stack: string; message: string } {
  try {
    const { stack, message } = error as { stack?: unknown; message?: unknown }
    return {
      stack: typeof stack === 'string' ? stack : '',
      message: typeof message === 'string' ? message : '',
    }
  } catch {
    return { stack: '', message: '' }
  }
}

function placeOfFrame(frame: string): Place | null {
  const open = frame.indexOf(' (')
  const location = open !== -1 && frame.endsWith(')') ? frame.slice(open + 2, -1) : frame
  const [, file, line, column] =
    (location.startsWith('eval at ') ? EVAL_ORIGIN : LOCATION).exec(location) ?? []
  if (file === undefined || file === '<anonymous>' || file === 'native') return null
  return { file: fileOf(file), line: Number(line), column: Number(column) }
}
