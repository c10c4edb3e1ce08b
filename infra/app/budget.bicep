// Says so when the month gets dear. It stops nothing.
param contacts string[]
@description('In the currency of the subscription\'s bills. From: the first of a month, as 2026-11-01.')
param budget { amount: int, from: string }

resource monthly 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: 'expansion-month'
  properties: {
    category: 'Cost'
    amount: budget.amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: budget.from }
    notifications: {
      half: { enabled: true, operator: 'GreaterThan', threshold: 50, thresholdType: 'Actual', contactEmails: contacts }
      spent: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Actual', contactEmails: contacts }
      foreseen: { enabled: true, operator: 'GreaterThan', threshold: 110, thresholdType: 'Forecasted', contactEmails: contacts }
    }
  }
}
