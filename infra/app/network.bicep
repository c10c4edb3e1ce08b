// Optional: storage and vault are reached through this network and from nowhere else.
param location string
param tags object
param token string
param storageId string
param vaultId string

var endpoints = {
  blob: { target: storageId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  queue: { target: storageId, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  table: { target: storageId, zone: 'privatelink.table.${environment().suffixes.storage}' }
  vault: { target: vaultId, zone: 'privatelink.vaultcore.azure.net' }
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: 'vnet-expansion-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/22'] }
    subnets: [
      {
        name: 'functions'
        properties: {
          // An instance takes an address: a /24 serves 250 of them.
          addressPrefix: '10.20.0.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.20.1.0/27' }
      }
    ]
  }

  resource functions 'subnets' existing = { name: 'functions' }
  resource endpointSubnet 'subnets' existing = { name: 'endpoints' }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for endpoint in items(endpoints): {
    name: endpoint.value.zone
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (endpoint, i) in items(endpoints): {
    parent: zone[i]
    name: 'expansion'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

resource door 'Microsoft.Network/privateEndpoints@2025-01-01' = [
  for endpoint in items(endpoints): {
    name: 'pe-${endpoint.key}-${token}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpointSubnet.id }
      privateLinkServiceConnections: [{ name: endpoint.key, properties: { privateLinkServiceId: endpoint.value.target, groupIds: [endpoint.key] } }]
    }
  }
]

resource doorZone 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-01-01' = [
  for (endpoint, i) in items(endpoints): {
    parent: door[i]
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: endpoint.key, properties: { privateDnsZoneId: zone[i].id } }] }
  }
]

output subnetId string = network::functions.id
