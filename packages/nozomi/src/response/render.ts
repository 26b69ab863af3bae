import type { RenderCallback, ResponseState } from './state.js'

export const renderMembers: object & ThisType<ResponseState> = {
  /**
   * Renders a view and answers with it, or gives the text to the callback. The view sees `app.locals`, then
   * `res.locals`, then the options. Without a callback an error goes to the error handlers.
   */
  render(view: string, options?: object | RenderCallback, callback?: RenderCallback): void {
    const { req } = this
    const given = typeof options === 'function' ? {} : (options ?? {})
    const done = typeof options === 'function' ? (options as RenderCallback) : callback
    // Parity: the caller's object is marked, which engines and tests see as `_locals`.
    Object.assign(given, { _locals: this.locals })
    req.app.render(
      view,
      given,
      done ??
        ((error, text) => {
          if (error) req.next(error)
          else this.send(text)
        }),
    )
  },
}
