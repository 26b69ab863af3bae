/*
 * A message as the rules look at it: by plain text search, apart from any parser, so that a mistake of ours can't excuse
 * itself.
 */

export interface MessageText {
  /** From the first byte behind the message before, to the end of the stream. */
  text: string
  /** Empty lines before the request line, whatever ends them. */
  lead: string
  line: string
  method: string
  target: string
  version: string
  fields: { name: string; value: string }[]
  /** What stands behind the empty line. */
  rest: string
}

export function messageText(text: string): MessageText {
  const lead = /^[\r\n]*/.exec(text)?.[0] ?? ''
  const head = /^[^]*?(?:\r?\n\r?\n|$)/.exec(text.slice(lead.length))?.[0] ?? ''
  const [line = '', ...lines] = head.split(/\r?\n/)
  const [method = '', target = '', version = ''] = line.split(' ')
  const fields = lines
    .filter((field) => field.includes(':'))
    .map((field) => {
      const colon = field.indexOf(':')
      return {
        name: field.slice(0, colon).toLowerCase(),
        value: field.slice(colon + 1).replaceAll(/^[\t ]+|[\t ]+$/g, ''),
      }
    })
  return { text, lead, line, method, target, version, fields, rest: text.slice(lead.length + head.length) }
}

export function valuesOf(message: MessageText, name: string): string[] {
  return message.fields.filter((field) => field.name === name).map((field) => field.value)
}
