/** The routes of a router, as they are behind the path that it is mounted on. */
export type MountedRoutes<Prefix extends string, Routes> = {
  [Path in keyof Routes & string as Path extends '/' ? Prefix : `${Prefix}${Path}`]: Routes[Path]
}
