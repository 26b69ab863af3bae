/** Makes hashes that passwords are checked against, and can't be got back from. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** With null, for an account that is not there, it works as long as with a hash, and gives false. */
  verify(hash: string | null, password: string): Promise<boolean>
}
