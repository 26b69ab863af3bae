/*
 * A stack shows the files of the framework, so it is never the same on both sides: what is compared is the error, up to its
 * first frame.
 */

/** Frames as the final handler's page shows them, and as plain text. */
const HTML_FRAMES = /(?:<br>(?: |&nbsp;)*at (?:(?!<br>|<\/pre>).)*)+/g
const TEXT_FRAMES = /(?:\n +at [^\n]*)+/g

export function withoutFrames(text: string): string {
  return text.replace(HTML_FRAMES, '<br> at …').replace(TEXT_FRAMES, '\n    at …')
}
