import { Refusal, get, send, type Schema } from '../api/client'
import { age, count, ends, money, number, percent, words } from '../format'
import { go, shop, to } from '../state'
import { Card, Do, Stat } from '../ui/parts'
import { Show, useResource } from '../ui/resource'
import { NotLearned, Summary } from './affinity'
import { MetricCards, loadMetrics, metricTitle, type Metrics } from './metrics'



/** What is missing of a shop that has just begun, or not for this key, is nothing to be told of: a list that isn't there is empty. */
const orNone = <T,>(none: T) => (error: unknown): T => {
  if (error instanceof Refusal && ([403, 404, 409].includes(error.status))) return none
  throw error
}

async function loadTasks() {
  const [review, experiments, throttles, alerts, { findings }] = await Promise.all([
    get('/api/affinity/pairs', { shop: shop.value, verdict: 'none', actionable: true, page_size: 1 }).catch(orNone({ total: 0 })),
    get('/api/shops/{shop}/experiments', { shop: shop.value }).catch(orNone({ experiments: [] })),
    get('/api/offers/throttles', { shop: shop.value }).catch(orNone({ throttles: [] })),
    get('/api/shops/{shop}/metrics/alerts', { shop: shop.value }).catch(orNone({ alerts: [] })),
    get('/api/operations/findings', {}).catch(orNone<Pick<Schema<'FindingList'>, 'findings'>>({ findings: [] })),
  ])
  return [
    ...findings.filter(finding => finding.check === 'poison').map(finding => ({ text: finding.says, href: to('settings') })),
    ...review.total > 0 ? [{ text: `${count(review.total)} pairs to review`, href: to('affinity', ['table'], { verdict: 'none', actionable: 'true' }) }] : [],
    ...experiments.experiments.filter(one => one.status === 'stopped').map(one => ({ text: `Experiment ${one.key} stopped: conclude it`, href: to('experiments', [one.key]) })),
    ...throttles.throttles.map(one => ({ text: one.reason, href: to('offers', ['silence']) })),
    ...alerts.alerts.slice(0, 5).map(one => ({ text: one.words ?? `${metricTitle(one.metric)} left its band ${age(one.raised_at)}`, href: to('metrics', [one.metric]) })),
  ]
}

/** What expansion brought in: credited and net of returns; and, of experiments that hold some visitors out, what would not have come without it. */
async function loadRevenue() {
  const { experiments } = await get('/api/shops/{shop}/experiments', { shop: shop.value })
  const read = await Promise.all(experiments.filter(one => one.started_at).slice(0, 8).map(one => get('/api/shops/{shop}/experiments/{key}/results', { shop: shop.value, key: one.key })))
  return read.flatMap(({ experiment, reading: { incremental } }) => incremental && incremental.total != null ? [{ experiment, total: incremental.total, interval: ends(incremental.total_interval) }] : [])
}

function Revenue({ of: metrics }: { of: Metrics }) {
  const incremental = useResource('incremental', loadRevenue)
  const parts = metrics.periods.map(period => period.metrics.expansion_revenue_share).filter(metric => metric?.value != null)
  const [net, all] = [parts.reduce((sum, part) => sum + (part.numerator ?? 0), 0), parts.reduce((sum, part) => sum + (part.denominator ?? 0), 0)]
  return <div class="stats">
    <Stat label="Net" value={parts.length > 0 ? money(net, metrics.currency) : 'no data'} href={to('metrics', ['expansion_revenue_share'], { by: 'week' })}
      note={parts.length > 0 ? `of returning customers by offers, returns taken off: ${percent(net / all)} of ${money(all, metrics.currency)}` : 'no order has come in by webhook yet'} />
    <Show of={incremental}>{parts => parts.length === 0
      ? <Stat label="Incremental" value="unknown" note="An experiment that shows some visitors nothing (a holdout) tells what would not have come anyway." href={to('experiments', ['new'])} />
      : <>{parts.map(part => <Stat label="Incremental" value={money(part.total, metrics.currency)} href={to('experiments', [part.experiment])}
        note={`${money(part.interval[0], metrics.currency)} to ${money(part.interval[1], metrics.currency)}, by the holdout of ${part.experiment}`} />)}</>}</Show>
  </div>
}

/** The suggested experiment: at a touchpoint, bestsellers against what was learned. It needs to know no costs, and what it holds out tells what offers bring in. */
async function startFirst(touchpoint: Schema<'FirstStepsReport'>['touchpoints'][number]['touchpoint']) {
  const key = `first-${touchpoint.replaceAll('_', '-')}`
  await send('put', '/api/shops/{shop}/experiments/{key}', { shop: shop.value, key }, {
    by: 'dashboard',
    definition: {
      key, seed: key, touchpoint, element: 'product_combination', holdout: 0.1, hypothesis: 'What was learned to belong together sells more per visitor than bestsellers do.',
      variations: [{ name: 'bestsellers', weight: 1, settings: { ranking: 'popularity' } }, { name: 'affinity', weight: 1, settings: { ranking: 'affinity' } }],
    },
  })
  await send('post', '/api/shops/{shop}/experiments/{key}/{step}', { shop: shop.value, key, step: 'start' }, { by: 'dashboard', reason: 'suggested by the first steps' })
  go(to('experiments', [key]))
}

export function Today() {
  const metrics = useResource('metrics', () => loadMetrics('week', new Date(Date.now() - 12 * 7 * 86400_000).toISOString().slice(0, 10)))
  const tasks = useResource('tasks', loadTasks)
  const summary = useResource('summary', () => get('/api/affinity/summary', { shop: shop.value }))
  const steps = useResource('steps', () => get('/api/affinity/first-steps', { shop: shop.value }))
  return <>
    <Card wide title="Revenue from expansion" note="Of the last twelve weeks."><Show of={metrics}>{data => <Revenue of={data} />}</Show></Card>
    <Card wide title="The seven" action={<a href={to('metrics')}>All metrics</a>}><Show of={metrics}>{data => <MetricCards of={data} by="week" />}</Show></Card>
    <Card title="Needs a person"><Show of={tasks} empty={data => data.length === 0 && <p>Nothing.</p>}>{data => <ul class="plain">{data.map(task => <li><a href={task.href}>{task.text}</a></li>)}</ul>}</Show></Card>
    <Card title="What belongs together" note={summary.data && `Learned ${age(summary.data.generation.computed_at)}.`}
      action={<a href={to('affinity', ['table'], { verdict: 'none', actionable: 'true' })}>Review</a>}><Summary of={summary} /></Card>
    <Card wide title="First steps" note={steps.data?.chosen}>
      <Show of={steps} missing={<NotLearned />} empty={data => data.pairs.length === 0 && <p>No pair is sure enough yet: more orders are needed.</p>}>
        {data => <>
          <div class="cards">{data.pairs.map(pair => <article class="step">
            <h3><a href={to('affinity', ['product', pair.product.sku])}>{pair.product.title ?? pair.product.sku}</a> → {pair.suggestion.title ?? pair.suggestion.sku}</h3>
            <p><strong>{words(pair.advice.touchpoint)}</strong>. {pair.advice.reason}</p>
            <p>Attach rate {percent(pair.attach_rate.expected, 0)} <small>({percent(pair.attach_rate.low, 0)}–{percent(pair.attach_rate.high, 0)})</small> of {number(pair.monthly_orders)} orders a month, {percent(pair.otherwise)} without it.</p>
            {pair.monthly_revenue && <p class="worth">{money(pair.monthly_revenue.expected, pair.monthly_revenue.currency)} <small>a month ({money(pair.monthly_revenue.low, pair.monthly_revenue.currency)}–{money(pair.monthly_revenue.high, pair.monthly_revenue.currency)})</small></p>}
          </article>)}</div>
          <h3>Where most of it can be shown</h3>
          <ul class="plain">{data.touchpoints.map(place => <li class="actions">{words(place.touchpoint)}: {number(place.monthly_orders)} orders a month with one of {count(place.products)} products{place.monthly_revenue && <>, {money(place.monthly_revenue.expected, place.monthly_revenue.currency)} a month</>}
            <Do kind="quiet" act={() => startFirst(place.touchpoint)} done="The experiment runs.">Start an experiment here</Do></li>)}</ul>
        </>}
      </Show>
    </Card>
  </>
}
