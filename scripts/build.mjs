/** `npm run build`: compiles everything, and bundles the pages. */
import { build } from './run.mjs'

build()
