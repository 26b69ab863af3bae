import { createRequire } from 'node:module'
import type express from 'express'

/** What `require('express')` gives, and what a drop-in must give. */
export type ExpressFactory = typeof express

const load = createRequire(import.meta.url)

/** The name of the factory that is compared with Express: a package, or a path. */
export const subjectName = process.env['CONFORMANCE_SUBJECT'] ?? 'nozomi'

/** Loaded when first asked for, so that Express alone can be tested where nothing else is built. */
export function loadFactory(name: string): ExpressFactory {
  return load(name) as ExpressFactory
}
