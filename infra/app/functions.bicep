// The function app on Flex Consumption, and its settings.
@export()
type appSize = {
  instanceMemoryMB: 512 | 2048 | 4096
  @minValue(1)
  @maxValue(1000)
  maximumInstanceCount: int
  @description('Instances for HTTP that never sleep, so that a shop front never waits for one to start.')
  alwaysReadyHttp: int
  @minValue(1)
  @maxValue(1000)
  httpConcurrency: int
}

param location string
param tags object
param token string
param identity { id: string, clientId: string }
param storage { name: string, packageUrl: string }
param vaultUri string
param insightsConnectionString string
param size appSize
@description('Settings by section and option.')
param settings object
@description('Settings whose value is a secret of the vault: the setting\'s name and the secret\'s.')
param vaultSettings { *: string }
@description('Null: the app has the internet only.')
param subnetId string?

var own = reduce(
  items(settings),
  {},
  (all, section) => union(all, toObject(items(section.value), option => '${section.key}__${option.key}', option => option.value))
)
var references = mapValues(vaultSettings, secret => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret})')

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-expansion-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-expansion-${token}'
  location: location
  // azd finds the app that belongs to the service of azure.yaml by this tag.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: subnetId
    siteConfig: { minTlsVersion: '1.2', ftpsState: 'Disabled', http20Enabled: true }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: storage.packageUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: size.instanceMemoryMB
        maximumInstanceCount: size.maximumInstanceCount
        alwaysReady: size.alwaysReadyHttp > 0 ? [{ name: 'http', instanceCount: size.alwaysReadyHttp }] : []
        triggers: { http: { perInstanceConcurrency: size.httpConcurrency } }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(own, references, {
      AzureWebJobsStorage__accountName: storage.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.clientId};Authorization=AAD'
      AZURE_CLIENT_ID: identity.clientId
    })
  }

  // Code is deployed with an Entra login; no name and password opens the side door.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output host string = app.properties.defaultHostName
