import helmet from 'helmet'
import type { RequestHandler } from './framework.js'

/**
 * Security: the page runs the shop's own scripts and styles and nothing else; what a product's name holds can't run.
 * Strict-Transport-Security is for whoever ends TLS before the shop: sent over plain HTTP it means nothing.
 */
export function createSecurityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  })
}
