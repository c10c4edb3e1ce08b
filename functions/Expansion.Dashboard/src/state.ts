import { computed, signal } from '@preact/signals'

/** Where the page is: `#/shop/view/rest?a=b`. All of it is in the address, so that a place can be kept and sent. */
export interface Place { shop: string, view: string, rest: string[], query: URLSearchParams }

const read = (): Place => {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?')
  const [shop = '', view = '', ...rest] = path.split('/').map(decodeURIComponent)
  return { shop, view: view || 'today', rest, query: new URLSearchParams(query ?? '') }
}

export const place = signal(read())
addEventListener('hashchange', () => { place.value = read() })

export const shop = computed(() => place.value.shop)

export const to = (view: string, rest: string[] = [], query: Record<string, string> = {}, of: string = place.value.shop) => {
  const text = new URLSearchParams(query).toString()
  return `#/${[of, view, ...rest].map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`
}

export const go = (hash: string) => { location.hash = hash }

/** What just happened, told once to everybody: shown, and read out by screen readers. */
export const notice = signal<{ text: string, bad: boolean } | null>(null)
let hide = 0
export function tell(text: string, bad = false) {
  notice.value = { text, bad }
  clearTimeout(hide)
  if (!bad) hide = window.setTimeout(() => { notice.value = null }, 6000)
}

const themes = ['auto', 'light', 'dark'] as const
export type Theme = typeof themes[number]
export const theme = signal<Theme>('auto')
const system = matchMedia('(prefers-color-scheme: dark)')
/** What is shown: as the system has it, unless somebody chose. Charts are drawn anew when it changes. */
const systemDark = signal(system.matches)
system.addEventListener('change', () => { systemDark.value = system.matches })
export const dark = computed(() => theme.value === 'auto' ? systemDark.value : theme.value === 'dark')
export function nextTheme() {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length]
  document.documentElement.dataset.theme = theme.value
}

export const rightToLeft = signal(/^(ar|he|fa|ur)\b/.test(navigator.language))
export function applyDirection() {
  document.documentElement.dir = rightToLeft.value ? 'rtl' : 'ltr'
}
