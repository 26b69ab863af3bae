/** The settings that Express documents, and those that switch a difference from Express off, with what they take. */
export interface Settings {
  /** Whether `/Foo` and `/foo` are different paths. Default `false`. */
  'case sensitive routing': boolean
  /** Default `process.env.NODE_ENV`, or `'development'`. */
  env: string
  /** Which entity tags `res.send()` writes. Default `'weak'`. */
  etag:
    | boolean
    | 'weak'
    | 'strong'
    | ((body: Buffer | string, encoding?: BufferEncoding) => string | undefined)
  /** The query parameter that names the function. Default `'callback'`. */
  'jsonp callback name': string
  /** Write `<`, `>` and `&` in JSON as `\u003c` and so on. Default `false`. */
  'json escape': boolean
  /** Passed on to `JSON.stringify`. */
  'json replacer': ((key: string, value: any) => any) | Array<string | number>
  /** Passed on to `JSON.stringify`. */
  'json spaces': number | string
  /** How `req.query` is parsed. `true` is `'simple'`; `false` gives an empty object. Default `'simple'`. */
  'query parser': boolean | 'simple' | 'extended' | ((query: string) => unknown)
  /** Whether `/foo` and `/foo/` are different paths. Default `false`. */
  'strict routing': boolean
  /** How many labels of the host name are the domain. Default `2`. */
  'subdomain offset': number
  /** Which proxies are believed: all, how many, which addresses or networks, or a function. Default `false`. */
  'trust proxy': boolean | number | string | string[] | ((address: string, hop: number) => boolean)
  /** Where views are: a folder, or some in order. Default `'views'` in the working directory. */
  views: string | string[]
  /** Look views up once only. Default `true` when `env` is `'production'`. */
  'view cache': boolean
  /** The extension of views that are named without one. */
  'view engine': string
  /** The class that finds and renders views. */
  view: unknown
  /** Send `X-Powered-By: Express`. Default `true`. */
  'x-powered-by': boolean

  /** Throwing `'route'` or `'router'` leaves the route or router, as in Express. Default `false`: it is an error. */
  'thrown routing signals': boolean
  /** `req.host` is `undefined` where the field holds no host. Default `true`; `false`: whatever it holds, as in Express. */
  'validate host': boolean
  /** Values for a view may replace the settings that engines read, as in Express. Default `false`. */
  'view settings from values': boolean
  /** Names of views may lead out of the folders of `views`, as in Express. Default `false`. */
  'views anywhere': boolean
}

/** A documented setting, offered by editors, or any name of one's own. */
export type SettingName = keyof Settings | (string & {})
