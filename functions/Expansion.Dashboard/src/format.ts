// Numbers as people read them. Undefined is "no data", never 0.
const none = '–'
const locale = navigator.language

export const count = (value?: number | null) => value == null ? none : value.toLocaleString(locale)
export const number = (value?: number | null, digits = 1) =>
  value == null ? none : value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
export const percent = (value?: number | null, digits = 1) =>
  value == null ? none : value.toLocaleString(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits })
export const money = (amount?: number | null, currency?: string | null) =>
  amount == null ? none : currency ? amount.toLocaleString(locale, { style: 'currency', currency }) : number(amount, 2)
export const moment = (value?: string | null) => value ? new Date(value).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }) : none
export const day = (value?: string | null) => value ? new Date(value).toLocaleDateString(locale, { dateStyle: 'medium' }) : none
export const words = (value?: string | null) => value ? value.replaceAll('_', ' ') : none

/** An interval is written as two numbers, either of which may be open. */
export const ends = (interval: unknown) => (interval ?? [null, null]) as [number | null, number | null]

/** "5 minutes ago": how old something is. */
export const age = (value: string) => {
  const seconds = (Date.parse(value) - Date.now()) / 1000
  const [unit, size] = ([['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]] as const).find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}
