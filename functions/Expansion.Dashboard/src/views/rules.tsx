import { useState } from 'preact/hooks'
import { get, send } from '../api/client'
import { count, words } from '../format'
import { shop } from '../state'
import { Badge, Card, Dialog, Do, Field, Table } from '../ui/parts'
import { Show, useResource } from '../ui/resource'

interface Rule { id: string, version: number, enabled: boolean, sentence: string, document: Document }
type Document = Record<string, unknown> & { id: string, enabled?: boolean }
interface Rules { version: string, rules: Rule[], examples: Rule[] }
interface DryRun { sentence: string, days: number, fired: number, offered: number, suppressed: number, why: Record<string, number>, in_words: string }
type Options = Record<string, unknown>

export function Rules() {
  const rules = useResource('rules', () => get<Rules>('rules', { shop: shop.value }))
  const [open, setOpen] = useState<Document>()
  const flip = (rule: Rule) => async () => {
    await send('PUT', `rules/${rule.id}`, { ...rule.document, enabled: !rule.enabled }, { shop: shop.value })
    await rules.reload()
  }
  const columns = (ours: boolean) => [
    { name: 'Rule', cell: (rule: Rule) => <><strong>{rule.id}</strong><br />{rule.sentence}</> },
    ...ours ? [{ name: 'State', cell: (rule: Rule) => <Badge tone={rule.enabled ? 'good' : 'plain'}>{rule.enabled ? 'on' : 'off'}, version {rule.version}</Badge> }] : [],
    { name: 'Change', cell: (rule: Rule) => <span class="actions"><button class="quiet" onClick={() => setOpen(rule.document)}>{ours ? 'Edit' : 'Begin with it'}</button>{ours && <Do kind="quiet" act={flip(rule)}>{rule.enabled ? 'Turn off' : 'Turn on'}</Do>}</span> },
  ]
  return <>
    <Card wide title="Rules" note="Data, not code: a condition over what is known of a customer, and what to recommend. A change counts within seconds.">
      <Show of={rules}>{data => <>
        {data.rules.length === 0 ? <p>No rule of your own yet; the triggers work without one. Begin with an example.</p>
          : <Table label="Rules" rows={data.rules} rowKey={rule => rule.id} columns={columns(true)} />}
        <h3>Examples</h3>
        <Table label="Examples" rows={data.examples} rowKey={rule => rule.id} columns={columns(false)} />
      </>}</Show>
    </Card>
    <Triggers />
    {open && <Editor rule={open} close={() => setOpen(undefined)} saved={() => { setOpen(undefined); void rules.reload() }} />}
  </>
}

function Editor({ rule, close, saved }: { rule: Document, close: () => void, saved: () => void }) {
  const [text, edit] = useState(JSON.stringify(rule, null, 2))
  const [tried, setTried] = useState<DryRun>()
  const [wrong, setWrong] = useState<string>()
  const doing = (act: (document: Document) => Promise<unknown>) => async () => {
    setWrong(undefined)
    try { await act(JSON.parse(text) as Document) } catch (error) { setWrong((error as Error).message); throw error }
  }
  return <Dialog title={`Rule ${rule.id}`} close={close}>
    <Field label="The rule, as JSON" error={wrong}><textarea rows={16} spellcheck={false} value={text} onInput={event => edit(event.currentTarget.value)} /></Field>
    {tried && <div role="status"><p><strong>{tried.sentence}</strong></p><p>{tried.in_words}</p>
      {tried.fired > 0 && <div class="bar" role="img" aria-label={`${tried.offered} offered, ${tried.suppressed} silent`}><span style={{ flexGrow: tried.offered }}>{count(tried.offered)} offered</span><span class="off" style={{ flexGrow: tried.suppressed }}>{count(tried.suppressed)} silent</span></div>}</div>}
    <p class="actions">
      <Do kind="quiet" act={doing(async document => setTried(await send<DryRun>('POST', 'rules/dry-run', document, { shop: shop.value, days: 30 })))}>Try on the last 30 days</Do>
      <Do done="Saved; it counts within seconds." act={doing(async document => { await send('PUT', `rules/${document.id}`, document, { shop: shop.value }); saved() })}>Save</Do>
    </p>
  </Dialog>
}

/** Every option of the triggers, nevers and manners, as a form made from the document itself. */
function Triggers() {
  const settings = useResource('timing', () => get<Options>(`shops/${shop.value}/timing`))
  return <Card wide title="Triggers, nevers and manners" note="Options with their values of now; what is out of bounds is said on saving.">
    <Show of={settings}>{data => <form onSubmit={event => event.preventDefault()}>
      <Tree of={data} path={[]} change={async (path, value) => {
        const next = structuredClone(data)
        let at = next
        for (const part of path.slice(0, -1)) at = at[part] as Options
        at[path.at(-1)!] = value
        await send('PUT', `shops/${shop.value}/timing`, next)
        await settings.reload()
      }} />
    </form>}</Show>
  </Card>
}

function Tree({ of, path, change }: { of: Options, path: string[], change: (path: string[], value: unknown) => Promise<void> }) {
  const leaves = Object.entries(of).filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value))
  const branches = Object.entries(of).filter((entry): entry is [string, Options] => typeof entry[1] === 'object' && entry[1] !== null && !Array.isArray(entry[1]))
  return <>
    {leaves.length > 0 && <div class="filters">{leaves.map(([name, value]) => <Leaf key={[...path, name].join('.')} name={name} value={value as string | number | boolean} save={next => change([...path, name], next)} />)}</div>}
    {branches.map(([name, value]) => <details><summary>{words(name)}</summary><Tree of={value} path={[...path, name]} change={change} /></details>)}
  </>
}

function Leaf({ name, value, save }: { name: string, value: string | number | boolean, save: (value: unknown) => Promise<void> }) {
  const [wrong, setWrong] = useState<string>()
  const commit = async (next: unknown) => {
    try { setWrong(undefined); await save(next) } catch (error) { setWrong((error as Error).message) }
  }
  return <Field label={words(name)} error={wrong}>
    {typeof value === 'boolean' ? <input type="checkbox" checked={value} onChange={event => void commit(event.currentTarget.checked)} />
      : typeof value === 'number' ? <input type="number" step="any" defaultValue={String(value)} onChange={event => void commit(Number(event.currentTarget.value))} />
        : <input defaultValue={value} onChange={event => void commit(event.currentTarget.value)} />}
  </Field>
}
