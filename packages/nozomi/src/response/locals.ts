import { locals, type ResponseState } from './state.js'

export const localsMembers: object & ThisType<ResponseState> = {
  /**
   * Values for the views of this request. An object without a prototype, made when it is first asked for; whatever
   * stood in `res.locals` before the application got the response stays.
   */
  get locals(): object {
    this[locals] ??= Object.create(null) as object
    return this[locals]
  },
  set locals(value: object) {
    this[locals] = value
  },
}
