import { isIP } from 'node:net'
import { z } from 'zod'
import { defineSection } from '../../platform/configuration/section.js'

/** As Express's setting `trust proxy` takes it: nobody, so many hops, or these addresses and networks. */
export type TrustProxy = false | number | readonly string[]

export interface SecurityConfiguration {
  readonly trustProxy: TrustProxy
  /** The origins of other sites whose pages may use the API: `https://admin.example`. */
  readonly corsOrigins: readonly string[]
  /** Requests to the API that one address may make in a minute; null: as many as it likes. */
  readonly rateLimit: number | null
}

const NAMED_NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal'])

export const securityConfiguration = defineSection(
  {
    TRUST_PROXY: {
      schema: z.string().transform(parseTrustProxy).pipe(z.custom<TrustProxy>(isKnown)).default(false),
      expected:
        'off, the number of proxies in front of the shop, or their addresses: "loopback, 10.0.0.0/8, 192.0.2.7"',
    },
    CORS_ORIGINS: {
      schema: z
        .string()
        .transform(parseList)
        .pipe(z.array(z.string().refine(isOrigin)))
        .default([]),
      expected:
        'origins with commas between them, without paths: "https://admin.example, https://app.example"',
    },
    RATE_LIMIT: {
      schema: z
        .union([
          z.literal('off').transform(() => null),
          z
            .string()
            .regex(/^[1-9]\d{0,6}$/)
            .transform(Number),
        ])
        .default(600),
      expected: 'how many requests an address may make to the API in a minute, or off',
    },
  },
  ({ TRUST_PROXY, CORS_ORIGINS, RATE_LIMIT }): SecurityConfiguration => ({
    trustProxy: TRUST_PROXY,
    corsOrigins: CORS_ORIGINS,
    rateLimit: RATE_LIMIT,
  }),
)

function parseList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** Undefined when it is none. Security: `true`, which would believe every client, is none. */
function parseTrustProxy(text: string): TrustProxy | undefined {
  if (text === 'off') return false
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const list = parseList(text)
  return list.length > 0 && list.every(isNetwork) ? list : undefined
}

function isKnown(value: unknown): boolean {
  return value !== undefined
}

function isNetwork(text: string): boolean {
  if (NAMED_NETWORKS.has(text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** As browsers send it. There are no patterns: `*` is a sign that a host can't have. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.[\]:-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
