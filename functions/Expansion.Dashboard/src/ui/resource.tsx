import { useEffect, useRef, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { Refusal, keyWanted } from '../api/client'

export interface Resource<T> { data?: T, error?: Error, loading: boolean, reload: () => Promise<void> }

/** Milliseconds after which an answer is read again when the page is looked at anew. */
const fresh = 60_000

/** Something read from the server. A new key keeps the old answer on show until the new one is there; the last question asked wins. */
export function useResource<T>(key: string | null, read: () => Promise<T>): Resource<T> {
  const [state, set] = useState<{ data?: T, error?: Error, loading: boolean }>({ loading: key !== null })
  const asked = useRef(0)
  const since = useRef(0)
  const reload = async () => {
    const mine = ++asked.current
    since.current = Date.now()
    set(old => ({ ...old, loading: true }))
    try {
      const data = await read()
      if (mine === asked.current) set({ data, loading: false })
    } catch (error) {
      if (mine === asked.current) set(old => ({ data: old.data, error: error as Error, loading: false }))
    }
  }
  useEffect(() => { if (key !== null) void reload() }, [key, keyWanted.value])
  // A page that stays open all day is old when somebody comes back to it.
  useEffect(() => {
    const again = () => { if (key !== null && !document.hidden && Date.now() - since.current > fresh) void reload() }
    document.addEventListener('visibilitychange', again)
    return () => document.removeEventListener('visibilitychange', again)
  }, [key])
  return { ...state, reload }
}

interface Props<T> { of: Resource<T>, children: (data: T) => ComponentChildren, empty?: (data: T) => ComponentChildren | false, missing?: ComponentChildren }

/** The four states of everything that is read: loading, wrong, empty, there (and whether it is an old answer). */
export function Show<T>({ of, children, empty, missing }: Props<T>) {
  const { data, error, loading, reload } = of
  if (data === undefined) {
    if (!error) return <p class="state" role="status" aria-busy="true">Loading…</p>
    if (error instanceof Refusal && (error.status === 409 || error.status === 404)) return <div class="state empty">{missing ?? <p>{error.message}</p>}</div>
    return <Failed error={error} reload={reload} />
  }
  const nothing = empty?.(data)
  return <div class={loading ? 'is-loading' : ''} aria-busy={loading}>
    {error && <div class="stale" role="status">This is the last answer: it could not be read anew. {error.message} <button class="link" onClick={() => void reload()}>Try again</button></div>}
    {nothing ? <div class="state empty">{nothing}</div> : children(data)}
  </div>
}

const Failed = ({ error, reload }: { error: Error, reload: () => Promise<void> }) =>
  <div class="state error" role="alert">
    <p>{error instanceof TypeError ? 'The app can’t be reached. Is it running?' : error.message}</p>
    <button onClick={() => void reload()}>Try again</button>
  </div>
