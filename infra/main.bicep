// Expansion in one resource group. Every choice is a parameter without a default; dev.bicepparam and prod.bicepparam make them.
targetScope = 'subscription'

import { appSize } from 'app/functions.bicep'
import { sections } from 'app/names.bicep'

@minLength(2)
@maxLength(12)
param environmentName string
param location string
param size appSize
param redundancy 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'
param undeleteDays int
param purgeProtection bool
param retentionDays int
param dailyCapGb int
param privateNetworking bool
@description('Null: no sign-in; function keys alone guard the API.')
param signIn { tenantId: string, clientId: string }?
param contacts string[]
param budget { amount: int, from: string }
param settings sections
@description('Settings whose value is a secret of the vault: the setting\'s name and the secret\'s.')
param vaultSettings { *: string }

var tags = { 'azd-env-name': environmentName, app: 'expansion' }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-expansion-${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module storage 'app/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    principalId: identity.outputs.principalId
    redundancy: redundancy
    isPublic: !privateNetworking
    undeleteDays: undeleteDays
  }
}

module vault 'app/vault.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    principalId: identity.outputs.principalId
    isPublic: !privateNetworking
    purgeProtection: purgeProtection
  }
}

module monitor 'app/monitor.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    principalId: identity.outputs.principalId
    retentionDays: retentionDays
    dailyCapGb: dailyCapGb
  }
}

module network 'app/network.bicep' = if (privateNetworking) {
  scope: group
  params: { location: location, tags: tags, token: token, storageId: storage.outputs.id, vaultId: vault.outputs.id }
}

module functions 'app/functions.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    identity: { id: identity.outputs.id, clientId: identity.outputs.clientId }
    storage: { name: storage.outputs.name, packageUrl: storage.outputs.packageUrl }
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitor.outputs.connectionString
    size: size
    settings: settings
    vaultSettings: vaultSettings
    subnetId: network.?outputs.subnetId
  }
}

module signin 'app/signin.bicep' = if (signIn != null) {
  scope: group
  params: { appName: functions.outputs.name, registration: signIn! }
}

module alerts 'app/alerts.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, workspaceId: monitor.outputs.workspaceId, contacts: contacts }
}

module workbook 'app/workbook.bicep' = {
  scope: group
  params: { location: location, tags: tags, workspaceId: monitor.outputs.workspaceId }
}

module budgets 'app/budget.bicep' = {
  scope: group
  params: { contacts: contacts, budget: budget }
}

// azd keeps these as the environment's variables.
output AZURE_FUNCTION_NAME string = functions.outputs.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output EXPANSION_URL string = 'https://${functions.outputs.host}'
