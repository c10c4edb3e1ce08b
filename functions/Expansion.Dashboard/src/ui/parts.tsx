import type { ComponentChildren, TargetedKeyboardEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { tell } from '../state'

export const Card = ({ title, note, children, action, wide }: { title: ComponentChildren, note?: ComponentChildren, children: ComponentChildren, action?: ComponentChildren, wide?: boolean }) =>
  <section class={`card ${wide ? 'wide' : ''}`}>
    <header><h2>{title}</h2>{action}</header>
    {note && <p class="note">{note}</p>}
    {children}
  </section>

export const Stat = ({ label, value, note, href, tone }: { label: string, value: ComponentChildren, note?: ComponentChildren, href?: string, tone?: 'good' | 'bad' | 'plain' }) => {
  const inner = <><span class="label">{label}</span><span class={`value ${tone ?? 'plain'}`}>{value}</span>{note && <span class="note">{note}</span>}</>
  return href ? <a class="stat" href={href}>{inner}</a> : <div class="stat">{inner}</div>
}

export const Badge = ({ children, tone = 'plain' }: { children: ComponentChildren, tone?: 'good' | 'bad' | 'warn' | 'plain' }) => <span class={`badge ${tone}`}>{children}</span>

export interface Column<T> { name: string, title?: string, sort?: string, numeric?: boolean, cell: (row: T) => ComponentChildren }

interface TableProps<T> {
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => string
  sort?: { by: string, desc: boolean, set: (by: string) => void }
  /** Keys on a focused row, e.g. a = approve. */
  onKey?: (row: T, key: string) => void
  onOpen?: (row: T) => void
}

/** A table that keys can walk: up and down between rows, Enter opens, letters do what the caller says. */
export function Table<T>({ label, columns, rows, rowKey, sort, onKey, onOpen }: TableProps<T>) {
  const walk = (event: TargetedKeyboardEvent<HTMLTableRowElement>, row: T) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.key === 'ArrowDown' ? event.currentTarget.nextElementSibling : event.key === 'ArrowUp' ? event.currentTarget.previousElementSibling : null
    if (step instanceof HTMLElement) { step.focus(); event.preventDefault() }
    else if (event.key === 'Enter') onOpen?.(row)
    else onKey?.(row, event.key)
  }
  const live = onKey || onOpen
  return <div class="scroll" tabIndex={0} role="region" aria-label={label}>
    <table>
      <caption class="hidden">{label}</caption>
      <thead><tr>{columns.map(column => {
        const sorted = sort && column.sort === sort.by
        return <th scope="col" class={column.numeric ? 'numeric' : ''} title={column.title} aria-sort={sorted ? sort.desc ? 'descending' : 'ascending' : undefined}>
          {sort && column.sort ? <button class="link" onClick={() => sort.set(column.sort!)}>{column.name}{sorted ? sort.desc ? ' ↓' : ' ↑' : ''}</button> : column.name}
        </th>
      })}</tr></thead>
      <tbody>{rows.map(row => <tr key={rowKey(row)} tabIndex={live ? 0 : undefined} onKeyDown={live ? event => walk(event, row) : undefined}
        onDblClick={onOpen ? () => onOpen(row) : undefined}>
        {columns.map(column => <td class={column.numeric ? 'numeric' : ''}>{column.cell(row)}</td>)}
      </tr>)}</tbody>
    </table>
  </div>
}

export const Field = ({ label, hint, error, children }: { label: string, hint?: string, error?: string, children: ComponentChildren }) =>
  <label class={`field ${error ? 'wrong' : ''}`}><span>{label}</span>{children}{hint && <small>{hint}</small>}{error && <small class="bad" role="alert">{error}</small>}</label>

/** A button that can't be pressed twice, and says what went wrong. */
export function Do({ act, children, done, kind = '', confirm: question, disabled }: { act: () => Promise<unknown>, children: ComponentChildren, done?: string, kind?: string, confirm?: string, disabled?: boolean }) {
  const [busy, set] = useState(false)
  return <button class={kind} disabled={busy || disabled} aria-busy={busy} onClick={async () => {
    if (question && !window.confirm(question)) return
    set(true)
    try {
      await act()
      if (done) tell(done)
    } catch (error) {
      tell((error as Error).message, true)
    } finally { set(false) }
  }}>{children}</button>
}

export function Dialog({ title, close, children }: { title: string, close: () => void, children: ComponentChildren }) {
  const own = useRef<HTMLDialogElement>(null)
  useEffect(() => { own.current?.showModal() }, [])
  return <dialog ref={own} aria-label={title} onClose={close} onClick={event => { if (event.target === own.current) own.current?.close() }}>
    <header><h2>{title}</h2><button class="link" aria-label="Close" onClick={() => own.current?.close()}>✕</button></header>
    {children}
  </dialog>
}

export const Tabs = ({ label, tabs, at }: { label: string, tabs: { name: string, href: string, key: string }[], at: string }) =>
  <nav class="tabs" aria-label={label}>{tabs.map(tab => <a href={tab.href} aria-current={tab.key === at ? 'page' : undefined}>{tab.name}</a>)}</nav>
