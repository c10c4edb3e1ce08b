import { get, type Schema } from '../api/client'
import { count, day, ends, money, number, percent, words } from '../format'
import { go, place, shop, to } from '../state'
import { Plot, Spark } from '../ui/charts'
import { Badge, Card, Dialog, Field, Table, Tabs } from '../ui/parts'
import { Show, useResource } from '../ui/resource'


export type Metrics = Schema<'MetricAnswer'>

const titles: Record<string, string> = {
  attach_rate: 'Attach rate', upgrade_rate: 'Upgrade rate', revenue_per_customer: 'Revenue per customer', net_revenue_retention: 'Net revenue retention',
  recommendation_conversion: 'Recommendation conversion', average_items_per_order: 'Items per order', expansion_revenue_share: 'Expansion revenue share',
}
export const metricTitle = (name: string) => name === 'mrr' ? 'Recurring revenue' : titles[name] ?? words(name)

export const show = (name: string, value: number | null | undefined, currency: string) =>
  name === 'revenue_per_customer' ? money(value, currency) : name === 'average_items_per_order' ? number(value, 2) : percent(value)

const bench = (name: string, band: Metrics['benchmarks'][string] | undefined, currency: string) =>
  !band ? '' : band.high == null ? `above ${show(name, band.low, currency)}` : `${show(name, band.low, currency)} to ${show(name, band.high, currency)}`

const daysBack = (days: number) => new Date(Date.now() - days * 86400_000).toISOString().slice(0, 10)
export const loadMetrics = (by: string, from: string, slice?: string) => get('/api/shops/{shop}/metrics', { shop: shop.value, by, from, slice })

/** The seven with their last value, band and line. */
export function MetricCards({ of, by, slice }: { of: Metrics, by: string, slice?: string }) {
  return <div class="stats">{Object.keys(of.periods[0]?.metrics ?? {}).map(name => {
    const values = of.periods.map(period => period.metrics[name]?.value ?? null)
    const last = of.periods.map(period => period.metrics[name]).findLast(metric => metric?.value != null)
    return <a class="stat" href={to('metrics', [name], { by, ...slice ? { slice } : {} })}>
      <span class="label">{metricTitle(name)}</span>
      <span class="value">{last ? show(name, last.value, of.currency) : 'no data'}</span>
      <span class="note">{last?.benchmark && <Badge tone={last.benchmark === 'below' ? 'warn' : 'good'}>{last.benchmark}</Badge>} {bench(name, of.benchmarks[name], of.currency)}</span>
      <Spark values={values} label={`${metricTitle(name)} over time`} />
    </a>
  })}</div>
}

export function MetricsView() {
  const [name] = place.value.rest
  const by = place.value.query.get('by') ?? 'week'
  const slice = place.value.query.get('slice') ?? undefined
  const from = daysBack({ day: 30, week: 182, month: 730 }[by] ?? 182)
  const metrics = useResource(`${by} ${from} ${slice}`, () => loadMetrics(by, from, slice))
  const link = (next: Record<string, string | undefined>) => to('metrics', name ? [name] : [], Object.fromEntries(Object.entries({ by, slice, ...next }).filter((entry): entry is [string, string] => !!entry[1])))
  return <>
    <Tabs label="Period" at={by} tabs={['day', 'week', 'month'].map(key => ({ key, name: `By ${key}`, href: link({ by: key }) }))} />
    <Card wide title={slice ? `The seven, ${words(slice.replace(':', ' '))}` : 'The seven'} note="In the shop’s own time zone and currency, returns taken off. Each opens; a line that is missing is no data, not 0."
      action={<Field label="Part"><select value={slice ?? ''} onChange={event => go(link({ slice: event.currentTarget.value || undefined }))}>
        <option value="">the whole shop</option>{metrics.data?.slices.filter(part => part.kind !== 'all').map(part => <option value={`${part.kind}:${part.name}`}>{words(part.kind)}: {words(part.name)}</option>)}</select></Field>}>
      <Show of={metrics} empty={data => data.periods.every(period => Object.values(period.metrics).every(metric => metric.value == null)) && <p>Nothing has been counted in these days yet. Orders are counted as they come in; they are rolled up within the hour.</p>}>
        {data => <>
          <MetricCards of={data} by={by} slice={slice} />
          {titles[name] && <MetricChart name={name} of={data} slice={slice} />}
        </>}
      </Show>
    </Card>
    <Waterfall />
    {place.value.query.get('behind') && name && <Orders name={name} day={place.value.query.get('behind')!} until={place.value.query.get('until') ?? place.value.query.get('behind')!} slice={slice} currency={metrics.data?.currency} close={() => go(link({}))} />}
  </>
}

function MetricChart({ name, of, slice }: { name: string, of: Metrics, slice?: string }) {
  const all = of.periods.map(period => period.metrics[name])
  return <>
    <h3>{metricTitle(name)}</h3>
    <Plot label={metricTitle(name)} names={of.periods.map(period => period.from)} format={value => show(name, value, of.currency)}
      onPick={at => go(to('metrics', [name], { by: of.by, behind: of.periods[at].from, until: of.periods[at].to, ...slice ? { slice } : {} }))}
      series={[
        { name: metricTitle(name), values: all.map(metric => metric?.value ?? null), low: all.map(metric => ends(metric?.interval)[0]), high: all.map(metric => ends(metric?.interval)[1]) },
        ...of.benchmarks[name] ? [{ name: 'benchmark', values: all.map(() => of.benchmarks[name].low), dashed: true, colour: 'good' }] : [],
      ]} />
    <ul class="plain">{of.periods.slice(-6).reverse().map(period => <li><a href={to('metrics', [name], { by: of.by, behind: period.from, until: period.to, ...slice ? { slice } : {} })}>{day(period.from)}</a>: {show(name, period.metrics[name]?.value, of.currency)} <small>({count(period.metrics[name]?.numerator)} / {count(period.metrics[name]?.denominator)})</small></li>)}</ul>
  </>
}

function Orders({ name, day: from, until, slice, currency, close }: { name: string, day: string, until: string, slice?: string, currency?: string, close: () => void }) {
  const behind = useResource(`${name} ${from} ${slice}`, () => get('/api/shops/{shop}/metrics/{metric}/outcomes', { shop: shop.value, metric: name, from, to: until, slice }))
  return <Dialog title={`${metricTitle(name)}, ${day(from)} to ${day(until)}`} close={close}>
    <Show of={behind} empty={data => data.outcomes.length === 0 && <p>Nothing is behind it.</p>}>{data => <>
      <Table label="What is behind the number" rows={data.outcomes} rowKey={one => `${one.kind} ${one.id}`} columns={[
        { name: 'When', cell: one => day(one.at) }, { name: 'What', cell: one => words(one.kind) }, { name: 'Order', cell: one => one.order_id ?? '' },
        { name: 'Customer', cell: one => one.customer ? <a href={to('offers', ['ledger'], { customer: String(one.customer) })}>{String(one.customer)}</a> : '' },
        { name: 'Amount', numeric: true, cell: one => one.amount ? money(one.amount, one.currency ?? currency) : '' }]} />
      {data.more && <p class="note">There are more; look at fewer days.</p>}
    </>}</Show>
  </Dialog>
}

function Waterfall() {
  const mrr = useResource('mrr', () => get('/api/shops/{shop}/metrics/mrr', { shop: shop.value, from: daysBack(365) }))
  const behind = (month: string) => to('metrics', ['mrr'], { by: 'month', behind: `${month}-01`, until: new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10) })
  return <Card wide title="Recurring revenue" note="Where each month’s came from and went.">
    <Show of={mrr} empty={data => data.months.length === 0 && <p>No month with subscriptions is over yet.</p>}>{data => <>
      <Plot label="MRR movements" kind="bar" stacked names={data.months.map(month => month.month)} format={value => money(value, data.currency)} onPick={at => go(behind(data.months[at].month))}
        series={([['new', 'good'], ['reactivation', 'third'], ['expansion', 'accent'], ['contraction', 'second'], ['churn', 'bad']] as const).map(([name, colour]) => ({ name, colour, values: data.months.map(month => name === 'contraction' || name === 'churn' ? 0 - month.movements[name] : month.movements[name]) }))} />
      <ul class="plain">{data.months.slice(-6).reverse().map(({ month, movements }) => <li><a href={behind(month)}>{month}</a>: {money(movements.start, data.currency)} → {money(movements.end, data.currency)}</li>)}</ul>
    </>}</Show>
  </Card>
}
