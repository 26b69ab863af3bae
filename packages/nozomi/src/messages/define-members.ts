/**
 * Puts groups of members on a prototype, as Express has them: enumerable, configurable, and open to patches.
 * The groups are object literals, so that methods keep their names, and getters stay getters.
 */
export function defineMembers(prototype: object, ...groups: object[]): void {
  for (const group of groups) Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(group))
}

/** As `defineMembers`, for overrides of node's own methods: they do not show when the prototype is enumerated. */
export function defineOverrides(prototype: object, group: object): void {
  for (const name of Reflect.ownKeys(group)) {
    const descriptor = Object.getOwnPropertyDescriptor(group, name) as PropertyDescriptor
    Object.defineProperty(prototype, name, { ...descriptor, enumerable: false })
  }
}

/** A second name for a method; both are the same function. */
export function defineAlias(prototype: object, alias: string, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor
  Object.defineProperty(prototype, alias, descriptor)
}

/** @internal The application that a message has entered, where that is not the one whose prototype it has. */
export const enteredApp = Symbol('nozomi.enteredApp')

/**
 * `app` on the prototype of an application's messages. A message that enters a mounted application keeps its prototype
 * and says so in a field; `app` is no field of its own, so that who prints a request does not print its application.
 */
export function defineApp(prototype: object, app: object): void {
  Object.defineProperty(prototype, 'app', {
    configurable: true,
    enumerable: true,
    get(this: { [enteredApp]?: object | null }): object {
      return this[enteredApp] ?? app
    },
    set(this: { [enteredApp]?: object | null }, value: object) {
      this[enteredApp] = value
    },
  })
}
