/** What is secret, beside what is known to be. */
export interface RedactOptions {
  /** Names of fields whose whole value is secret. Case does not matter. */
  readonly fields?: readonly string[]
  /** Names of parameters, in queries, forms and JSON, whose value is secret. Case and separators do not matter. */
  readonly parameters?: readonly string[]
  /** What is replaced wherever it is found, in any value. */
  readonly patterns?: readonly RegExp[]
}

export interface Redactor {
  url(url: string): string
  field(name: string, value: string): string
  /** A body, by its media type. */
  body(text: string, contentType: string | undefined): string
  /** Any other text: only what looks like a secret by itself. */
  text(text: string): string
}
