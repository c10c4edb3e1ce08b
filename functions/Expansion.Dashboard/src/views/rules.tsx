import { useEffect, useState } from 'preact/hooks'
import { Refusal, get, send, type Schema } from '../api/client'
import { count, words } from '../format'
import { shop } from '../state'
import { Badge, Card, Dialog, Do, Field, Table } from '../ui/parts'
import { Show, useResource } from '../ui/resource'
import { RuleForm, blankTest, type Fact, type RuleDocument } from './rule-form'

type Rule = Schema<'RuleAnswer'> & { document: RuleDocument }
type Rules = Omit<Schema<'RuleList'>, 'rules' | 'examples'> & { rules: Rule[], examples: Rule[] }
type Options = Record<string, unknown>

export function Rules() {
  const rules = useResource('rules', () => get('/api/rules', { shop: shop.value }) as Promise<unknown> as Promise<Rules>)
  const [open, setOpen] = useState<RuleDocument>()
  const flip = (rule: Rule) => async () => {
    await send('put', '/api/rules/{id}', { shop: shop.value, id: rule.id }, { ...rule.document, enabled: !rule.enabled })
    await rules.reload()
  }
  const columns = (ours: boolean) => [
    { name: 'Rule', cell: (rule: Rule) => <><strong>{rule.id}</strong><br />{rule.sentence}</> },
    ...ours ? [{ name: 'State', cell: (rule: Rule) => <Badge tone={rule.enabled ? 'good' : 'plain'}>{rule.enabled ? 'on' : 'off'}, version {rule.version}</Badge> }] : [],
    { name: 'Change', cell: (rule: Rule) => <span class="actions"><button class="quiet" onClick={() => setOpen(rule.document)}>{ours ? 'Edit' : 'Begin with it'}</button>{ours && <Do kind="quiet" act={flip(rule)}>{rule.enabled ? 'Turn off' : 'Turn on'}</Do>}</span> },
  ]
  return <>
    <Card wide title="Rules" note="Data, not code: a condition over what is known of a customer, and what to recommend. A change counts within seconds."
      action={rules.data && <button onClick={() => setOpen({ id: '', when: blankTest(rules.data!.facts[0]), then: { recommend_product: '' } })}>New rule</button>}>
      <Show of={rules}>{data => <>
        {data.rules.length === 0 ? <p>No rule of your own yet; the triggers work without one. Begin with an example.</p>
          : <Table label="Rules" rows={data.rules} rowKey={rule => rule.id} columns={columns(true)} />}
        <h3>Examples</h3>
        <Table label="Examples" rows={data.examples} rowKey={rule => rule.id} columns={columns(false)} />
      </>}</Show>
    </Card>
    <Triggers />
    {open && rules.data && <Editor rule={open} facts={rules.data.facts} close={() => setOpen(undefined)} saved={() => { setOpen(undefined); void rules.reload() }} />}
  </>
}

/** A rule as a form, or as what the form writes. It says what the rule means while it is changed, and saves only what has been tried as it stands. */
function Editor({ rule, facts, close, saved }: { rule: RuleDocument, facts: Fact[], close: () => void, saved: () => void }) {
  const [document, change] = useState(rule)
  const [text, edit] = useState<string>()
  const [tried, setTried] = useState<{ of: string, result: Schema<'DryRun'> }>()
  const written = JSON.stringify(document, null, 2)
  const meaning = useMeaning(written)
  const unread = text !== undefined && text !== written
  const read = (next: string) => {
    edit(next)
    try { change(JSON.parse(next) as RuleDocument) } catch { /* Half a document is being written; what was last whole counts, and nothing can be saved until it is again. */ }
  }
  return <Dialog title={rule.id ? `Rule ${rule.id}` : 'New rule'} close={close}>
    <p class="actions"><button type="button" class={text === undefined ? '' : 'quiet'} aria-pressed={text === undefined} disabled={unread && !isSame(text, document)} onClick={() => edit(undefined)}>Form</button>
      <button type="button" class={text === undefined ? 'quiet' : ''} aria-pressed={text !== undefined} onClick={() => edit(written)}>JSON</button></p>
    <form onSubmit={event => event.preventDefault()}>
      {text === undefined ? <RuleForm of={document} facts={facts} errors={meaning.errors} change={change} />
        : <Field label="The rule, as JSON" error={isSame(text, document) ? Object.entries(meaning.errors).map(([path, reasons]) => `${path} ${reasons.join(', ')}`).join('; ') : 'is no whole JSON document yet'}>
          <textarea rows={16} spellcheck={false} value={text} onInput={event => read(event.currentTarget.value)} /></Field>}
      <p class="meaning" role="status">{meaning.sentence ?? 'What is marked has to be filled in.'}</p>
      {tried && <TriedOn of={tried.result} stale={tried.of !== written} />}
      <p class="actions">
        <Do kind={tried?.of === written ? 'quiet' : ''} disabled={!meaning.sentence} act={async () => setTried({ of: written, result: await send('post', '/api/rules/dry-run', { shop: shop.value, days: 30 }, document) })}>Try on the last 30 days</Do>
        <Do done="Saved; it counts within seconds." disabled={tried?.of !== written} act={async () => { await send('put', '/api/rules/{id}', { shop: shop.value, id: document.id }, document); saved() }}>Save</Do>
        {tried?.of !== written && <small>It can be saved once it has been tried as it stands.</small>}
      </p>
    </form>
  </Dialog>
}

const isSame = (text: string, document: RuleDocument) => {
  try { return JSON.stringify(JSON.parse(text)) === JSON.stringify(document) } catch { return false }
}

/** What the app says of the document, asked a moment after the last change: its sentence, or each mistake by its path. */
function useMeaning(written: string) {
  const [meaning, set] = useState<{ sentence?: string, errors: Record<string, string[]> }>({ errors: {} })
  useEffect(() => {
    let isLatest = true
    const timer = setTimeout(async () => {
      const next = await send('post', '/api/rules/check', { shop: shop.value }, JSON.parse(written)).then(
        ({ sentence }) => ({ sentence, errors: {} }), (error: unknown) => ({ errors: error instanceof Refusal ? error.errors : {} }))
      if (isLatest) set(next)
    }, 200)
    return () => { isLatest = false; clearTimeout(timer) }
  }, [written])
  return meaning
}

const TriedOn = ({ of, stale }: { of: Schema<'DryRun'>, stale: boolean }) => <div role="status" class={stale ? 'stale' : ''}>
  <p>{stale && 'Before the last change: '}{of.in_words}</p>
  {of.fired > 0 && <div class="bar" role="img" aria-label={`${of.offered} offered, ${of.suppressed} silent`}><span style={{ flexGrow: of.offered }}>{count(of.offered)} offered</span><span class="off" style={{ flexGrow: of.suppressed }}>{count(of.suppressed)} silent</span></div>}
</div>

/** Every option of the triggers, nevers and manners, as a form made from the document itself. */
function Triggers() {
  const settings = useResource('timing', () => get('/api/shops/{shop}/timing', { shop: shop.value }) as Promise<unknown> as Promise<Options>)
  return <Card wide title="Triggers, nevers and manners" note="Options with their values of now; what is out of bounds is said on saving.">
    <Show of={settings}>{data => <form onSubmit={event => event.preventDefault()}>
      <Tree of={data} path={[]} change={async (path, value) => {
        const next = structuredClone(data)
        let at = next
        for (const part of path.slice(0, -1)) at = at[part] as Options
        at[path.at(-1)!] = value
        await send('put', '/api/shops/{shop}/timing', { shop: shop.value }, next)
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
