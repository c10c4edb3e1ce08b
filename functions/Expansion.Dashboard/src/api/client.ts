import { signal } from '@preact/signals'
import type { components, paths } from './schema'

/** What the app writes: everything, but for nulls. That a property may be left out the document says of what is sent. */
type Written<Of> = Of extends readonly (infer Item)[] ? Written<Item>[] : Of extends object ? { [Name in keyof Of]-?: Written<Of[Name]> } : Of
/** A shape of the app's OpenAPI document, by its name there, as the app answers it. */
export type Schema<Name extends keyof components['schemas']> = Written<components['schemas'][Name]>
/** As it is sent. */
export type Sent<Name extends keyof components['schemas']> = components['schemas'][Name]

type Method = 'get' | 'post' | 'put' | 'delete'
type PathOf<Verb extends Method> = { [Path in keyof paths]: paths[Path] extends Record<Verb, object> ? Path : never }[keyof paths]
type Operation<Verb extends Method, Path extends PathOf<Verb>> = paths[Path][Verb & keyof paths[Path]]
type Value = string | number | boolean | null | undefined
type Loose<Names> = { [Name in keyof Names]: Value }
type Part<Of, Name extends string> = Of extends { parameters: infer Parameters } ? Name extends keyof Parameters ? [NonNullable<Parameters[Name]>] extends [never] ? object : Parameters[Name] : object : object
/** What a call names, in its path or in its query: the client knows which is where. */
type Asked<Of> = Loose<Part<Of, 'path'> & Part<Of, 'query'>>
type Answer<Of> = Of extends { responses: infer Responses }
  ? { [Status in keyof Responses]: Status extends 'default' ? never : Responses[Status] extends { content: { 'application/json': infer Body } } ? Written<Body> : undefined }[keyof Responses] : never
type Taken<Of> = Of extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : unknown

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

/** Who is signed in by Microsoft Entra, and for which shops; null while nobody is. */
export const signedIn = signal<Schema<'SignedIn'> | null>(null)

let asking: Promise<boolean> | undefined

/** Once: whoever is signed in before the app is handed its key. Else somebody has to enter one. */
const signIn = () => asking ??= fetch('/api/dashboard/sign-in').then(async response => {
  if (!response.ok) return false
  signedIn.value = await response.json() as Schema<'SignedIn'>
  key = signedIn.value.key
  return true
}, () => false)

const address = (path: string, asked: Record<string, Value>) => {
  const given = Object.entries(asked).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined && entry[1] !== null && entry[1] !== '')
  const inPath = (name: string) => path.includes(`{${name}}`)
  const query = new URLSearchParams(given.filter(([name]) => !inPath(name)).map(([name, value]) => [name, String(value)])).toString()
  return given.filter(([name]) => inPath(name)).reduce((text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))), path) + (query && `?${query}`)
}

async function call(method: string, path: string, asked: Record<string, Value>, body?: BodyInit | null, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(address(path, asked), { method, body, headers: { ...headers, ...(key ? { 'x-functions-key': key } : {}) } })
  if (response.ok) return response
  if (response.status === 401) {
    if (!key && await signIn()) return call(method, path, asked, body, headers)
    keyWanted.value = true
  }
  const problem = await response.json().catch(() => null) as { title?: string, detail?: string, errors?: Record<string, string[]> } | null
  const reasons = Object.entries(problem?.errors ?? {}).map(([name, texts]) => `${name} ${texts.join(', ')}`).join('; ')
  throw new Refusal(
    response.status, problem?.title ?? `Status ${response.status}`,
    problem?.detail ?? (reasons || (response.status === 401 ? 'This app asks for a function key.' : 'The server could not answer. Try again in a moment; if it stays, see its log.')),
    problem?.errors)
}

export const get = async <Path extends PathOf<'get'>>(path: Path, asked: Asked<Operation<'get', Path>>): Promise<Answer<Operation<'get', Path>>> =>
  (await call('GET', path, asked)).json() as Promise<Answer<Operation<'get', Path>>>

export async function send<Verb extends 'post' | 'put' | 'delete', Path extends PathOf<Verb>>(
  verb: Verb, path: Path, asked: Asked<Operation<Verb, Path>>, body?: Taken<Operation<Verb, Path>>): Promise<Answer<Operation<Verb, Path>>> {
  const response = await call(verb.toUpperCase(), path, asked, body === undefined ? null : JSON.stringify(body), body === undefined ? {} : { 'content-type': 'application/json' })
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as Answer<Operation<Verb, Path>>
}

export const upload = async <Path extends PathOf<'post'>>(path: Path, file: Blob, asked: Asked<Operation<'post', Path>>): Promise<Answer<Operation<'post', Path>>> =>
  (await call('POST', path, asked, file)).json() as Promise<Answer<Operation<'post', Path>>>

/** Hands a file of the server to the browser's downloads; by fetch, so that the key stays out of the address. */
export async function download<Path extends PathOf<'get'>>(path: Path, asked: Asked<Operation<'get', Path>>, name: string) {
  save(await (await call('GET', path, asked)).blob(), name)
}

export function save(blob: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
