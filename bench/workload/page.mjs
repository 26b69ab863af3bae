/** A page of 2 KB, for answers whose entity tag is made from their body. */
export const PAGE = `<!DOCTYPE html>\n<title>Bytes</title>\n${'<p>Some of them are sent twice.</p>\n'.repeat(56)}`
