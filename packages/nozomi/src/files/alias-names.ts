/*
 * Names that a file system takes for another one. A guard that knows a folder by its name doesn't see these.
 *
 * Case is not among them: the router ignores it unless told otherwise (`case sensitive routing`), which must stay so
 * where the file system ignores it too.
 */

/** A name that ends where Windows cuts, holds a stream's colon, or is short for a longer one (`ADMIN~1`). */
const WINDOWS_ALIAS = /[. ]$|:|~\d/

/** Devices, which Windows finds in every folder and with every extension. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i

/**
 * Characters that a file system which ignores case takes for ASCII letters (K for the Kelvin sign, s for the long
 * one), or leaves out of a comparison altogether (joiners, marks of direction, variation selectors).
 */
// oxlint-disable-next-line no-misleading-character-class -- the marks stand for themselves
const FOLDED = /[\u017f\u212a\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/

/** @param platform as in `process.platform` */
export function isAliasName(name: string, platform: string): boolean {
  if (platform === 'win32') return WINDOWS_ALIAS.test(name) || WINDOWS_DEVICE.test(name) || FOLDED.test(name)
  return platform === 'darwin' && FOLDED.test(name)
}
