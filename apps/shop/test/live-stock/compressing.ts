import compression from 'compression'
import type { AnyModule } from '#shop/modules/module.js'

/** Compresses whatever is answered. */
export const compressingModule: AnyModule = {
  name: 'compressing',
  register: () => ({}),
  middleware: () => [compression({ threshold: 0 })],
}
