/**
 * The web framework of the shop, and the only file that names it. The shop runs on nozomi; with FRAMEWORK=express in
 * the environment the same code runs on stock Express 5, for comparison and as a proof.
 */
import { createRequire } from 'node:module'
import type { HandlerOf as HandlerBehind, Step } from '@nozomi/schema'
import type express from 'nozomi'
import type { NozomiTypes, Request as RequestWith } from 'nozomi'

export type {
  ErrorRequestHandler,
  Express as Application,
  NextFunction,
  RequestHandler,
  Response,
  Router,
} from 'nozomi'

/** Any request, whatever a contract has made of its parts. */
// biome-ignore lint: what the parts are is of no interest to who takes any request
export type Request = RequestWith<any, any, any, any>

/** A handler behind a step of a route (`typeof placeOrder`), or behind several. */
export type HandlerOf<S extends Step | readonly Step[]> = HandlerBehind<S, string, NozomiTypes>

const FRAMEWORKS = ['nozomi', 'express'] as const

const name = FRAMEWORKS.find((known) => known === process.env.FRAMEWORK) ?? 'nozomi'
const framework = ((await import(name)) as { default: typeof express }).default
const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }

/** For people: `nozomi 5.3.0`. */
export const frameworkName = `${name} ${version}`

export const createApplication = framework
export const createRouter = framework.Router
export const json = framework.json
export const serveFolder = framework.static
