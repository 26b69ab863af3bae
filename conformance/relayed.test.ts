import { RELAYED } from './harness/carrier-names.js'
import { playAll } from './play-all.js'

/* A file of its own, so that it runs beside the other one. */
await playAll(RELAYED)
