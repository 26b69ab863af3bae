export interface Part {
  readonly name?: string
  /** With one, the part is a file. */
  readonly filename?: string
  readonly type?: string
  readonly content: string | Buffer
}

export const BOUNDARY = 'a-boundary-of-tests'

/** The fields and the body of a request with a form. */
export function form(...parts: readonly Part[]): { headers: Record<string, string>; body: Buffer } {
  const pieces = parts.flatMap(({ name = 'image', filename, type, content }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
        `${filename === undefined ? '' : `; filename="${filename}"`}\r\n` +
        `${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  }
}

export function file(content: Buffer, filename = 'picture.png', type = 'image/png'): Part {
  return { filename, type, content }
}
