/**
 * Light or dark, as the system says or as the visitor last chose. A classic script in the head, so that the page is
 * never painted in the wrong colours first.
 */
{
  const KEY = 'theme'
  const root = document.documentElement
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

  const chosen = readChoice()
  if (chosen !== null) root.dataset.theme = chosen

  addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('#theme')
    if (button === null) return
    const show = () => button.setAttribute('aria-pressed', String(isDark()))
    show()
    systemIsDark.addEventListener('change', show)
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark'
      keepChoice(root.dataset.theme)
      show()
    })
  })

  function isDark(): boolean {
    return root.dataset.theme === undefined ? systemIsDark.matches : root.dataset.theme === 'dark'
  }

  /** The storage may be closed to us; then the choice lasts as long as the page. */
  function readChoice(): string | null {
    try {
      return localStorage.getItem(KEY)
    } catch {
      return null
    }
  }

  function keepChoice(choice: string): void {
    try {
      localStorage.setItem(KEY, choice)
    } catch {}
  }
}
