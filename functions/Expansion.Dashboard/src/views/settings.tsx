import { useEffect, useState } from 'preact/hooks'
import { Refusal, download, get, send, upload, type Schema } from '../api/client'
import { count, moment, number, words } from '../format'
import { shop, tell, to } from '../state'
import { Badge, Card, Do, Field } from '../ui/parts'
import { Show, useResource } from '../ui/resource'

type Settings = Schema<'ShopSettings'>
type ImportStatus = Schema<'ImportStatus'>
const labels: Record<string, [string, string]> = {
  min_support: ['Least support', 'Share of orders with both, 0 to 1'], min_lift: ['Least lift', 'Times more often than by chance'], min_count: ['Least orders', 'With both, for a pair to be kept'],
  window_months: ['Months counted', '12 to 24'], time_zone: ['Time zone', 'IANA name, e.g. Europe/Berlin'], currency: ['Currency', 'ISO 4217 code'],
}

export function Settings() {
  return <><Thresholds /><Learning /><Import /><Findings /><Sample /></>
}

function Thresholds() {
  const settings = useResource('settings', () => get('/api/shops/{shop}/settings', { shop: shop.value }))
  const [errors, wrong] = useState<Record<string, string[]>>({})
  const blank: Settings = { min_support: 0.03, min_lift: 1.5, min_count: 5, window_months: 24, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: 'USD' }
  const form = (values: Settings, isNew: boolean) => <form onSubmit={async event => {
    event.preventDefault()
    const entered = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, typeof (values[name as keyof Settings] ?? blank[name as keyof Settings]) === 'number' ? Number(value) : String(value)]))
    try {
      wrong({})
      await send('put', '/api/shops/{shop}/settings', { shop: shop.value }, { ...values, ...entered } as Settings)
      tell(isNew ? 'The shop was added.' : 'Saved; it counts from the next request on.')
      await settings.reload()
    } catch (error) {
      wrong((error as Refusal).errors ?? {})
      tell((error as Error).message, true)
    }
  }}>
    <div class="filters">{Object.entries(values).filter(([, value]) => typeof value !== 'object' && typeof value !== 'boolean').map(([name, value]) =>
      <Field label={labels[name]?.[0] ?? words(name)} hint={labels[name]?.[1]} error={errors[name]?.join(', ')}>{typeof value === 'number' ? <input name={name} defaultValue={String(value)} type="number" step="any" /> : <input name={name} defaultValue={value} />}</Field>)}</div>
    <button>{isNew ? 'Add this shop' : 'Save'}</button>
  </form>
  return <Card title="Thresholds and calendar"><Show of={settings} missing={form(blank, true)}>{data => form(data, false)}</Show></Card>
}


function Learning() {
  const run = useResource('run', () => get('/api/shops/{shop}/recompute', { shop: shop.value }))
  const busy = run.data && ['queued', 'running'].includes(run.data.state)
  useEffect(() => {
    if (!busy || run.loading) return
    const timer = setTimeout(() => void run.reload(), 1000)
    return () => clearTimeout(timer)
  }, [busy, run.loading])
  return <Card title="Learning" note="Every night by itself." action={<Do act={async () => { await send('post', '/api/shops/{shop}/recompute', { shop: shop.value }); await run.reload() }} disabled={busy}>Learn now</Do>}>
    <Show of={run} missing={<p>Nothing has been learned yet.</p>}>{data => <>
      <p role="status">{words(data.state)}{data.stage && data.state !== 'done' ? `: ${words(data.stage)}` : ''}, {moment(data.updated_at)}.</p>
      {busy && <progress aria-label="Learning" />}
      {data.generation && <p class="note">{count(data.generation.baskets)} orders, {count(data.generation.products)} products, {count(data.generation.pairs)} pairs counted, {count(data.generation.kept)} kept.</p>}
    </>}</Show>
  </Card>
}


const tones = { ready: 'good', stale: 'warn', broken: 'bad' } as const

function Findings() {
  const findings = useResource('findings', () => get('/api/operations/findings', {}))
  return <Card wide title="Configuration, storage and connectors" note="What “doctor” says." action={<Do kind="quiet" act={findings.reload}>Look again</Do>}>
    <Show of={findings}>{data => <ul class="plain">{data.findings.map(finding => <li><Badge tone={tones[finding.state]}>{finding.state}</Badge> {words(finding.check)}: {finding.says}</li>)}</ul>}</Show>
  </Card>
}

const sample = 'sample.expansion.example'

function Sample() {
  const shops = useResource('shops', () => get('/api/shops', {}))
  const [loaded, set] = useState<ImportStatus>()
  return <Card wide title="Sample data" note="A made-up coffee shop and two years of its orders, as a shop of its own: your own shops stay as they are.">
    <Show of={shops}>{data => <p class="actions">
      {data.shops.includes(sample) && <a href={to('today', [], {}, sample)}>Open it</a>}
      <Do kind="quiet" act={async () => {
        await followImport(await send('put', '/api/sample', {}), sample, set)
        await send('post', '/api/shops/{shop}/recompute', { shop: sample })
        await shops.reload()
      }} done="The sample shop is there; it is being learned from.">{data.shops.includes(sample) ? 'Bring it up to today' : 'Turn it on'}</Do>
      {data.shops.includes(sample) && <Do kind="danger" confirm="All of the sample shop goes, what you decided there as well. Turn it off?" act={() => send('delete', '/api/sample', {})} done="The sample shop is being erased.">Turn it off</Do>}
    </p>}</Show>
    {loaded && loaded.state !== 'done' && <p role="status">{words(loaded.state)}: {count(loaded.lines)} lines read.</p>}
  </Card>
}

/** Tells how an import stands until it is over. */
async function followImport(started: ImportStatus, of: string, told: (now: ImportStatus) => void) {
  for (let now = started; ; now = await get('/api/orders/import/{id}', { shop: of, id: started.id })) {
    told(now)
    if (now.state === 'done' || now.state === 'failed') return
    await new Promise(next => setTimeout(next, 500))
  }
}

function Import() {
  const [status, set] = useState<ImportStatus>()
  return <Card title="Import orders" note="Shopify’s orders export, or a CSV with order_id, customer_id, ordered_at, sku, product_title, quantity, unit_price; gzip as well. A second import of the same file changes nothing.">
    <form onSubmit={async event => {
      event.preventDefault()
      const file = new FormData(event.currentTarget).get('file') as File
      try { await followImport(await upload('/api/orders/import', file, { shop: shop.value }), shop.value, set) } catch (error) { tell((error as Error).message, true) }
    }}>
      <Field label="File"><input type="file" name="file" required accept=".csv,.gz,text/csv" /></Field>
      <button disabled={status && !['done', 'failed'].includes(status.state)}>Import</button>
    </form>
    {status && <div role="status">
      {['queued', 'running'].includes(status.state) && <progress aria-label="Import" />}
      <p>{words(status.state)}: {count(status.lines)} lines read{status.lines_per_second > 0 && <>, {number(status.lines_per_second, 0)} a second</>}, {count(status.rejected)} rejected. {status.error}</p>
      {status.state === 'done' && status.rejected > 0 && <Do kind="quiet" act={() => download('/api/orders/import/{id}/rejects', { shop: shop.value, id: status.id }, 'rejects.csv')}>Rejected lines, with reasons</Do>}
      {status.state === 'done' && <p class="note">Learn from them with “Learn now”, or wait for the night.</p>}
    </div>}
  </Card>
}
