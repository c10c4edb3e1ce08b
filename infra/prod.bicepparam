// The environment that shops depend on: zones, private networking, sign-in, an instance that never sleeps.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param size = { instanceMemoryMB: 2048, maximumInstanceCount: 100, alwaysReadyHttp: 2, httpConcurrency: 16 }
param redundancy = 'Standard_ZRS'
param undeleteDays = 30
param purgeProtection = true
param retentionDays = 90
param dailyCapGb = 10
param privateNetworking = true
param signIn = {
  tenantId: readEnvironmentVariable('AZURE_TENANT_ID')
  clientId: readEnvironmentVariable('EXPANSION_SIGN_IN_CLIENT_ID')
}
param contacts = [readEnvironmentVariable('EXPANSION_CONTACT')]
param budget = { amount: 500, from: '2026-11-01' }

// One domain and one secret a shop; the secret's value is put into the vault by hand: docs/operations/README.md.
param settings = {
  Shopify: { Shops__0__Domain: 'coffee.myshopify.com' }
}
param vaultSettings = {
  Shopify__Shops__0__Secrets__0: 'shopify-coffee'
}
