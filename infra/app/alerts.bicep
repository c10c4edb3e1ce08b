// What wakes somebody. Each alert is a query, and what to do is in docs/operations/README.md under the same name.
param location string
param tags object
param token string
param workspaceId string
param contacts string[]

var metric = 'AppMetrics | where Name == '
// severity: 1 error, 2 warning. minutes: how far back the query looks, and how often. over: how many rows or what value is too much.
var alerts = [
  {
    name: 'poison-messages'
    says: 'Messages failed for good and lie in a poison queue.'
    query: '${metric}"expansion.poison.messages" | summarize Value = max(Max) by Queue = tostring(Properties.queue)'
    severity: 1
    minutes: 15
    over: 0
  }
  {
    name: 'queue-behind'
    says: 'Messages have waited for a quarter of an hour: more comes than is worked off, or a function hangs.'
    query: '${metric}"expansion.queue.age" | summarize Value = max(Max) / 60 by Queue = tostring(Properties.queue)'
    severity: 2
    minutes: 15
    over: 15
  }
  {
    name: 'recompute-failed'
    says: 'A step of the nightly recompute failed.'
    query: '${metric}"expansion.function.duration" and Properties.outcome == "failed" and Properties.function in ("RecomputeAffinity", "RecomputeShop", "CountRange", "FinishRecompute") | summarize Value = sum(ItemCount)'
    severity: 1
    minutes: 60
    over: 0
  }
  {
    name: 'affinity-stale'
    says: 'A shop is served affinities that are older than a day and a half.'
    query: '${metric}"expansion.affinity.age" | summarize Value = max(Max) / 3600'
    severity: 2
    minutes: 60
    over: 36
  }
  {
    name: 'error-rate'
    says: 'More than 2 % of HTTP requests end in an error of ours.'
    query: '${metric}"expansion.function.duration" and Properties.trigger == "http" | summarize Failed = sumif(ItemCount, Properties.outcome == "failed"), All = sum(ItemCount) | where All >= 50 | project Value = 100.0 * Failed / All'
    severity: 1
    minutes: 15
    over: 2
  }
  {
    name: 'latency'
    says: 'One recommendation in twenty takes longer than half a second.'
    query: 'AppRequests | where Name has "GetRecommendations" or Url has "/api/recommendations" | summarize Value = percentile(DurationMs, 95)'
    severity: 2
    minutes: 15
    over: 500
  }
  {
    name: 'webhooks-refused'
    says: 'Webhooks are refused: a wrong secret, or somebody who tries.'
    query: '${metric}"expansion.function.duration" and Properties.function endswith "Webhook" and Properties.outcome == "refused" | summarize Value = sum(ItemCount)'
    severity: 2
    minutes: 15
    over: 20
  }
  {
    name: 'silence'
    says: 'The app has not looked after itself for half an hour: it does not run, or storage does not answer.'
    query: '${metric}"expansion.function.duration" and Properties.function == "WatchHealth" | summarize Runs = count() | project Value = iff(Runs == 0, 1, 0)'
    severity: 1
    minutes: 30
    over: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-expansion-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'expansion'
    emailReceivers: [for (contact, i) in contacts: { name: 'contact-${i}', emailAddress: contact, useCommonAlertSchema: true }]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in alerts: {
    name: 'expansion-${alert.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Expansion: ${alert.name}'
      description: alert.says
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT${alert.minutes}M'
      windowSize: 'PT${alert.minutes}M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: alert.over
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
