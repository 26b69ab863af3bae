import { createRequire } from 'node:module'
import { type FrameworkModule, watchFramework } from '@nozomi/insight'

const NAMES = ['nozomi', 'express']

/**
 * Loads the frameworks that a file would get, and watches what is registered with them: so that each layer is known with the line
 * that added it. One that is not installed, or is no Express 5, is left alone; its layers then have the place of their function.
 */
export function watchFrameworks(file: string): void {
  const require = createRequire(file)
  for (const name of NAMES) {
    try {
      const framework: unknown = require(name)
      if (isFramework(framework)) watchFramework(framework)
    } catch {
      // Not installed, or broken: then the application says so itself.
    }
  }
}

function isFramework(value: unknown): value is FrameworkModule {
  return typeof value === 'function' && typeof (value as { application?: unknown }).application === 'object'
}
