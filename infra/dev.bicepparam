// An environment to try things in: small, cheap, open to the network, gone without regret. `azd up` makes this one.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param size = { instanceMemoryMB: 2048, maximumInstanceCount: 10, alwaysReadyHttp: 0, httpConcurrency: 16 }
param redundancy = 'Standard_LRS'
param undeleteDays = 1
param purgeProtection = false
param retentionDays = 30
param dailyCapGb = 1
param privateNetworking = false
param signIn = null
param contacts = [readEnvironmentVariable('EXPANSION_CONTACT')]
param budget = { amount: 50, from: '2026-11-01' }

// Shops that may send webhooks, and where their secrets lie:
// settings = { Shopify: { Shops__0__Domain: 'coffee.myshopify.com' } }, vaultSettings = { Shopify__Shops__0__Secrets__0: 'shopify-coffee' }
param settings = {}
param vaultSettings = {}
