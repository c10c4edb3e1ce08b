import { get } from '../api/client'
import { age, count, money, number, percent, words } from '../format'
import { shop, to } from '../state'
import { Card } from '../ui/parts'
import { Show, useResource } from '../ui/resource'
import { NotLearned, Summary } from './affinity'

interface Range { low: number, expected: number, high: number }
interface MoneyRange extends Range { currency: string }
interface FirstSteps {
  baskets: number, from: string, to: string, chosen: string
  pairs: { product: { sku: string, title?: string }, suggestion: { sku: string, title?: string }, advice: { touchpoint: string, reason: string }, monthly_orders: number, attach_rate: Range, otherwise: number, monthly_revenue?: MoneyRange }[]
  touchpoints: { touchpoint: string, monthly_orders: number, products: number, monthly_revenue?: MoneyRange }[]
}

export function Today() {
  const summary = useResource('summary', () => get<{ generation: { computed_at: string }, summary: { kept: number, sound: number, seasonal: number, actionable: number, words: string[] } }>('affinity/summary', { shop: shop.value }))
  const steps = useResource('steps', () => get<FirstSteps>('affinity/first-steps', { shop: shop.value }))
  return <>
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
          <ul class="plain">{data.touchpoints.map(place => <li>{words(place.touchpoint)}: {number(place.monthly_orders)} orders a month with one of {count(place.products)} products{place.monthly_revenue && <>, {money(place.monthly_revenue.expected, place.monthly_revenue.currency)} a month</>}</li>)}</ul>
        </>}
      </Show>
    </Card>
  </>
}
