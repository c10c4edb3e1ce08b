import { signal } from '@preact/signals'

/** A "no" of the server, in its own words (RFC 9457 problem details). */
export class Refusal extends Error {
  constructor(readonly status: number, readonly title: string, detail: string, readonly errors: Record<string, string[]> = {}) {
    super(detail)
  }
}

/** True once the server has asked for a key that this page doesn't have. */
export const keyWanted = signal(false)

// Held in memory only: neither the address nor the browser's storage ever sees it.
let key = ''

export function useKey(value: string) {
  key = value
  keyWanted.value = false
}

export type Query = Record<string, string | number | boolean | null | undefined>

export const address = (path: string, query: Query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return `/api/${path}${text ? `?${text}` : ''}`
}

async function call(method: string, path: string, query: Query, body?: BodyInit | null, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(address(path, query), { method, body, headers: { ...headers, ...(key ? { 'x-functions-key': key } : {}) } })
  if (response.ok) return response
  if (response.status === 401) keyWanted.value = true
  const problem = await response.json().catch(() => null) as { title?: string, detail?: string, errors?: Record<string, string[]> } | null
  const reasons = Object.entries(problem?.errors ?? {}).map(([name, texts]) => `${name} ${texts.join(', ')}`).join('; ')
  throw new Refusal(
    response.status, problem?.title ?? `Status ${response.status}`,
    problem?.detail ?? (reasons || (response.status === 401 ? 'This app asks for a function key.' : 'The server could not answer. Try again in a moment; if it stays, see its log.')),
    problem?.errors)
}

export const get = async <T>(path: string, query: Query = {}): Promise<T> => (await call('GET', path, query)).json() as Promise<T>

export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, query: Query = {}): Promise<T> {
  const response = await call(method, path, query, body === undefined ? null : JSON.stringify(body), body === undefined ? {} : { 'content-type': 'application/json' })
  const text = await response.text()
  return (text ? JSON.parse(text) : null) as T
}

export const upload = async <T>(path: string, file: Blob, query: Query = {}): Promise<T> => (await call('POST', path, query, file)).json() as Promise<T>

/** Hands a file of the server to the browser's downloads; by fetch, so that the key stays out of the address. */
export async function download(path: string, query: Query, name: string) {
  save(await (await call('GET', path, query)).blob(), name)
}

export function save(blob: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
