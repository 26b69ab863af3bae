import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'

export type Engine = (
  path: string,
  options: object,
  callback: (error: unknown, text?: string) => void,
) => void

export interface ViewOptions {
  defaultEngine?: string | undefined
  root?: string | readonly string[] | undefined
  engines: Record<string, Engine>
  /** Lets a relative name leave the views folders, and an absolute one name any file. Default false. */
  anywhere?: boolean | undefined
}

/** One template: its file, and the engine for its extension. An application can set a class of its own as `view`. */
export class View {
  defaultEngine: string | undefined
  ext: string
  name: string
  root: string | readonly string[] | undefined
  engine: Engine
  path: string | undefined
  /** Whether files outside of the views folders are found too. */
  anywhere: boolean

  /** @throws Error when the name has no extension and there is no default engine, or the engine can't be loaded. */
  constructor(name: string, options?: ViewOptions) {
    const { defaultEngine, root, engines, anywhere } = options ?? { engines: {} }
    this.defaultEngine = defaultEngine
    this.ext = extname(name)
    this.name = name
    this.root = root
    if (!this.ext && !defaultEngine) {
      throw new Error('No default engine was specified and no extension was provided.')
    }
    let file = name
    if (!this.ext) {
      this.ext = (defaultEngine as string).startsWith('.') ? (defaultEngine as string) : `.${defaultEngine}`
      file += this.ext
    }
    engines[this.ext] ??= loadEngine(this.ext.slice(1))
    this.engine = engines[this.ext] as Engine
    this.anywhere = anywhere === true
    this.path = this.lookup(file)
  }

  /** Where the file is, in the first of the folders that has it. */
  lookup(name: string): string | undefined {
    for (const root of this.folders()) {
      const location = resolve(root, name)
      const found = this.resolve(dirname(location), basename(location))
      if (found && (this.anywhere || this.isAllowed(root, name, found))) return found
    }
    return undefined
  }

  /** `<name>.<ext>` in a folder, or `<name>/index.<ext>`. */
  resolve(folder: string, file: string): string | undefined {
    const candidates = [join(folder, file), join(folder, basename(file, this.ext), `index${this.ext}`)]
    return candidates.find(isFile)
  }

  /** Renders with the engine. The callback is always called in a later turn. */
  render(options: object, callback: (error: unknown, text?: string) => void): void {
    let sync = true
    this.engine(this.path as string, options, function onRender(this: unknown, ...results) {
      if (sync) process.nextTick(() => callback.apply(this, results))
      else callback.apply(this, results)
    })
    sync = false
  }

  /**
   * Security: names are often made from what a client sent (`res.render(req.params.page)`). A relative one must stay
   * inside its views folder; an absolute one inside one of them, or the folder the application was started in. It is
   * the file that was found which counts: `..` may come back as the index of the folder above.
   * Differs from Express: which follows `../` and any absolute path. `app.enable('views anywhere')` does so here.
   */
  private isAllowed(root: string, name: string, path: string): boolean {
    return isInside(root, path) || (isAbsolute(name) && isInside(process.cwd(), path))
  }

  private folders(): string[] {
    return ([] as string[]).concat((this.root ?? []) as string[])
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Parity: the module named like the extension, and its export `__express`. */
function loadEngine(name: string): Engine {
  const { __express: engine } = requireModule(name) as { __express?: Engine }
  if (typeof engine !== 'function') throw new Error(`Module "${name}" does not provide a view engine.`)
  return engine
}

/** The module as this package sees it, or as the folder does that the application was started in. */
function requireModule(name: string): unknown {
  try {
    return require(name)
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error
    return createRequire(join(process.cwd(), 'index.js'))(name)
  }
}
