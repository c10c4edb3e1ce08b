// One page for whoever looks after the app.
param location string
param tags object
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'expansion')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Expansion'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: loadTextContent('workbook.json')
  }
}
