import { watchRegistrations } from '../hosts/registrations.js'
import type { AnyApplication } from '../types/stack.js'
import { watchSettings } from './setting-places.js'

/** What `require('express')` or `require('nozomi')` gives. */
export interface FrameworkModule {
  (): unknown
  readonly application: object
}

/**
 * From now on, notes where each layer of every application of this framework is registered, and where its settings are
 * set: so findings and route lists can name the line. Called before the application's own files are loaded.
 */
export function watchFramework(framework: FrameworkModule): void {
  watchRegistrations(framework() as AnyApplication)
  watchSettings(framework.application)
}
