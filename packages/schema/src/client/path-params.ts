/** What can stand for a parameter of a path. */
export type ParamValue = string | number | bigint | boolean

/** What can stand for a wildcard: a path, or its segments. */
export type SplatValue = string | readonly ParamValue[]

/**
 * The parameters that a path names, as a client gives them: `:id`, `:"any name"`, `*path`; those in a group `{/:id}`, and `:id?` of
 * Express 4, may be left out.
 */
export type PathParams<Path> = Path extends string
  ? string extends Path
    ? { [name: string]: ParamValue | SplatValue | undefined }
    : Path extends `${string}${Special}${string}`
      ? Flat<Scan<Path, []>>
      : Flat<Plain<Path>>
  : {}

type Flat<T> = { [K in keyof T]: T[K] }

/** Characters that end a name. */
type NameEnd =
  | ('/' | '-' | '.' | '?' | '*' | ':' | '(' | ')' | '{' | '}' | '[' | ']' | '\\' | '|' | '+' | '"')
  | ("'" | '`' | '~' | '!' | '@' | '#' | '%' | '^' | '&' | '=' | ',' | ';' | '<' | '>' | ' ')

/** What makes a path more than segments and names. */
type Special = '{' | '*' | '?' | '(' | '"' | '\\'

/** Perf: only the names are read character by character. */
type Plain<Path extends string, Found = unknown> = Path extends `${string}:${infer Rest}`
  ? NameIn<Rest, ''> extends [infer Name extends string, infer After extends string]
    ? Plain<After, Add<Found, Name, ParamValue, []>>
    : Found
  : Found

/** From left to right, one character a step. `Depth` counts the open groups. */
type Scan<
  Path extends string,
  Depth extends unknown[],
  Found = unknown,
> = Path extends `${infer Char}${infer Rest}`
  ? Char extends ':'
    ? Named<Rest, ParamValue, Depth, Found>
    : Char extends '*'
      ? Named<Rest, SplatValue, Depth, Found>
      : Char extends '{'
        ? Scan<Rest, [...Depth, 1], Found>
        : Char extends '}'
          ? Scan<Rest, Depth extends [unknown, ...infer Outer] ? Outer : [], Found>
          : Char extends '\\'
            ? Rest extends `${string}${infer Next}`
              ? Scan<Next, Depth, Found>
              : Found
            : Scan<Rest, Depth, Found>
  : Found

type Named<
  Path extends string,
  Value,
  Depth extends unknown[],
  Found,
> = Path extends `"${infer Name}"${infer Rest}`
  ? Scan<Rest, Depth, Add<Found, Name, Value, Depth>>
  : NameIn<Path, ''> extends [infer Name extends string, infer Rest extends string]
    ? AfterPattern<Rest> extends `?${infer Next}`
      ? Scan<Next, Depth, Add<Found, Name, Value, [1]>>
      : Scan<AfterPattern<Rest>, Depth, Add<Found, Name, Value, Depth>>
    : Found

type NameIn<Path extends string, Name extends string> = Path extends `${infer Char}${infer Rest}`
  ? Char extends NameEnd
    ? [Name, Path]
    : NameIn<Rest, `${Name}${Char}`>
  : [Name, '']

/** Express 4: an expression behind a name, `:id(\\d+)`. */
type AfterPattern<Path extends string> = Path extends `(${string})${infer Rest}` ? Rest : Path

type Add<Found, Name extends string, Value, Depth extends unknown[]> = Name extends ''
  ? Found
  : Depth extends []
    ? Found & { [N in Name]: Value }
    : Found & { [N in Name]?: Value }
