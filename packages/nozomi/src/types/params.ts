/**
 * Route parameters, read from the path literal by the type checker.
 *
 * The path is read from left to right, one character a step, by a tail-recursive conditional type (which the checker
 * runs as a loop, up to 1,000 steps, so a path may have that many characters). `Depth` counts the open groups
 * `{...}`: what stands in one may be absent. `Stars` counts the wildcards without a name. `Found` collects the result.
 */

/** Parameters of a path that isn't known as a literal: a wildcard gives a list, anything else a string. */
export interface ParamsDictionary {
  [key: string]: string | string[]
  [key: number]: string
}

/** Parameters of a route given as a regular expression: its groups, by name or by number. */
export interface ParamsFlatDictionary {
  [key: string | number]: string
}

/** An object of named values. */
export interface Dictionary<T> {
  [key: string]: T
}

export type Params = ParamsDictionary | ParamsFlatDictionary

/** What a route can be registered for: a path, a regular expression, or a list of them. */
export type PathParams = string | RegExp | Array<string | RegExp>

/**
 * The parameters that a path gives.
 *
 * - `/orgs/:org/users/:user`, `/:from-:to`, `/:file.:ext`, `/:"any name"`: strings;
 * - `/*path`: a list of the segments;
 * - `{/:id}` and, in the syntax of Express 4, `/:id?`: may be absent;
 * - `/:id(\\d+)`, in the syntax of Express 4: the string that matched;
 * - `/*` without a name, in the syntax of Express 4: `req.params[0]`, a string;
 * - a regular expression: {@link ParamsFlatDictionary}; a `string` that is no literal: {@link ParamsDictionary}.
 */
export type RouteParameters<Route extends string | RegExp> = Route extends string
  ? string extends Route
    ? ParamsDictionary
    : Flatten<Route extends Special ? Scan<Route, [], [], {}> : Segments<Route, Route, {}>>
  : ParamsFlatDictionary

type Flatten<T> = { [K in keyof T]: T[K] }

/** Characters that end a parameter's name; all others, of any script, belong to it. */
type NameEnd =
  | (
      | '/'
      | '-'
      | '.'
      | '?'
      | '*'
      | ':'
      | '('
      | ')'
      | '{'
      | '}'
      | '['
      | ']'
      | '\\'
      | '|'
      | '+'
      | '"'
      | "'"
      | '`'
    )
  | ('~' | '!' | '@' | '#' | '%' | '^' | '&' | '=' | ',' | ';' | '<' | '>' | ' ')

/** A path that has more than names behind colons, each up to the next slash. */
type Special = `${string}${Exclude<NameEnd, '/' | ':'>}${string}`

/**
 * Reads a path whose parameters take whole segments. Perf: one step for each parameter and not one for each character; most
 * paths are such.
 */
type Segments<Path extends string, Whole extends string, Found> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Next}`
    ? Name extends `${string}:${string}` | ''
      ? Scan<Whole, [], [], {}>
      : Segments<Next, Whole, Found & { [K in Name]: string }>
    : Rest extends `${string}:${string}` | ''
      ? Scan<Whole, [], [], {}>
      : Found & { [K in Rest]: string }
  : Found

type Add<Found, Name extends string | number, Value, Depth extends unknown[]> = Depth extends []
  ? Found & { [K in Name]: Value }
  : Found & { [K in Name]?: Value }

type Scan<
  Path extends string,
  Depth extends unknown[],
  Stars extends unknown[],
  Found,
> = Path extends `${infer Char}${infer Rest}`
  ? Char extends ':'
    ? Parameter<Rest, '', Depth, Stars, Found>
    : Char extends '*'
      ? Wildcard<Rest, '', Depth, Stars, Found>
      : Char extends '{'
        ? Scan<Rest, [...Depth, 1], Stars, Found>
        : Char extends '}'
          ? Scan<Rest, Depth extends [unknown, ...infer Outer] ? Outer : [], Stars, Found>
          : Char extends '\\'
            ? Rest extends `${string}${infer Next}`
              ? Scan<Next, Depth, Stars, Found>
              : Found
            : Char extends '('
              ? Scan<AfterGroup<Rest>, Depth, Stars, Found & ParamsByPosition>
              : Scan<Rest, Depth, Stars, Found>
  : Found

/** Groups without a name, in the syntax of Express 4: which of them capture isn't worked out here. */
interface ParamsByPosition {
  [index: number]: string
}

/** Reads the name behind a colon. */
type Parameter<
  Path extends string,
  Name extends string,
  Depth extends unknown[],
  Stars extends unknown[],
  Found,
> = Path extends `${infer Char}${infer Rest}`
  ? Char extends NameEnd
    ? Name extends ''
      ? Char extends '"'
        ? Rest extends `${infer Quoted}"${infer Next}`
          ? Scan<Next, Depth, Stars, Add<Found, Quoted, string, Depth>>
          : Found
        : Scan<Path, Depth, Stars, Found>
      : AfterName<Char extends '(' ? AfterGroup<Rest> : Path, Name, Depth, Stars, Found>
    : Parameter<Rest, `${Name}${Char}`, Depth, Stars, Found>
  : Name extends ''
    ? Found
    : Add<Found, Name, string, Depth>

/** Express 4: a question mark behind the name (and behind its expression) makes the parameter optional. */
type AfterName<
  Path extends string,
  Name extends string,
  Depth extends unknown[],
  Stars extends unknown[],
  Found,
> = Path extends `?${infer Rest}`
  ? Scan<Rest, Depth, Stars, Add<Found, Name, string, [1]>>
  : Scan<Path, Depth, Stars, Add<Found, Name, string, Depth>>

/** Reads the name behind a star; without one it is the star of Express 4, whose parameters are numbered. */
type Wildcard<
  Path extends string,
  Name extends string,
  Depth extends unknown[],
  Stars extends unknown[],
  Found,
> = Path extends `${infer Char}${infer Rest}`
  ? Char extends NameEnd
    ? Name extends ''
      ? Char extends '"'
        ? Rest extends `${infer Quoted}"${infer Next}`
          ? Scan<Next, Depth, Stars, Add<Found, Quoted, string[], Depth>>
          : Found
        : Scan<Path, Depth, [...Stars, 1], Add<Found, Stars['length'] & number, string, Depth>>
      : Scan<Path, Depth, Stars, Add<Found, Name, string[], Depth>>
    : Wildcard<Rest, `${Name}${Char}`, Depth, Stars, Found>
  : Name extends ''
    ? Add<Found, Stars['length'] & number, string, Depth>
    : Add<Found, Name, string[], Depth>

/** What stands behind the parenthesis that closes a group, inner groups and escaped parentheses skipped. */
type AfterGroup<Path extends string, Open extends unknown[] = [1]> = Open extends []
  ? Path
  : Path extends `${infer Char}${infer Rest}`
    ? Char extends '('
      ? AfterGroup<Rest, [...Open, 1]>
      : Char extends ')'
        ? AfterGroup<Rest, Open extends [unknown, ...infer Outer] ? Outer : []>
        : Char extends '\\'
          ? Rest extends `${string}${infer Next}`
            ? AfterGroup<Next, Open>
            : ''
          : AfterGroup<Rest, Open>
    : ''
