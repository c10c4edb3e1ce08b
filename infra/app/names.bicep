// What the code calls its storage and its settings. A test compares this file with the code and says which line is missing or too many.

@export()
@description('Queues that functions take messages from. Each gets a poison queue beside it.')
var queues = [
  'app-uninstalled'
  'backfill-due'
  'bundles-due'
  'complementary-due'
  'customer-data-requested'
  'customer-erasure-requested'
  'customers-merged'
  'experiment-reading-due'
  'import-requested'
  'model-due'
  'order-credit-due'
  'order-received'
  'outbox-due'
  'outcome-recorded'
  'product-received'
  'purchases-imported'
  'recompute-due'
  'recompute-range-due'
  'recompute-ranges-counted'
  'rollup-due'
  'shop-erasure-requested'
  'shopper-received'
  'signals-received'
  'stock-received'
]

@export()
var tables = [
  'Affinity'
  'Backfills'
  'CatalogueNotices'
  'Contacts'
  'Cursors'
  'Customers'
  'Deliveries'
  'Erased'
  'Experiments'
  'Exposures'
  'Imports'
  'Journals'
  'MailSuppressions'
  'Metrics'
  'Models'
  'OfferAnswers'
  'OfferSchedule'
  'Offers'
  'Orders'
  'Outbox'
  'Outcomes'
  'PairDecisions'
  'PlanHistories'
  'PriceHistory'
  'Pricing'
  'ProductVariants'
  'Products'
  'PublishedLists'
  'Recomputes'
  'RecurringRevenue'
  'Rules'
  'Shops'
  'SignalRates'
  'SignalSettings'
  'SlotChanges'
  'Stock'
  'SubscriptionContracts'
  'WebhookEndpoints'
]

@export()
@description('Blob containers. deleteAfterDays: a blob that nobody changed for so long goes; null: it stays.')
var containers = [
  { name: 'baskets', deleteAfterDays: null }
  { name: 'digests', deleteAfterDays: null }
  { name: 'exports', deleteAfterDays: 30 }
  { name: 'imports', deleteAfterDays: 30 }
  { name: 'models', deleteAfterDays: null }
  { name: 'pairs', deleteAfterDays: null }
  { name: 'payloads', deleteAfterDays: 14 }
  { name: 'receipts', deleteAfterDays: null }
  { name: 'runs', deleteAfterDays: 7 }
  { name: 'signals', deleteAfterDays: null }
]

@export()
@description('Paths of the functions that ask for no key, because a signature or nothing secret is behind them. Entra sign-in leaves them alone; the dashboard it does not.')
var publicPaths = [
  '/api/billing/stripe/*'
  '/api/email/unsubscribe/*'
  '/api/events/from/*'
  '/api/events/schema'
  '/api/health'
  '/api/mcp'
  '/api/openapi.json'
  '/api/shopify/webhooks'
  '/api/storefront/events'
  '/api/storefront/offer'
]

@export()
@sealed()
@description('Sections of the configuration that the code reads. An option below one is written with __ between levels: { Recompute: { Ranges: \'8\' } }.')
type sections = {
  Access: { *: string }?
  Billing: { *: string }?
  Email: { *: string }?
  Mcp: { *: string }?
  Odoo: { *: string }?
  Recompute: { *: string }?
  Requests: { *: string }?
  Serving: { *: string }?
  Shopify: { *: string }?
  Training: { *: string }?
  Webhooks: { *: string }?
}
