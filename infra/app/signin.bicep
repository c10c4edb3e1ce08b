// Entra sign-in before dashboard and API. Function keys are asked for as well: signing in says who somebody is, a key what they may call.
import { publicPaths } from 'names.bicep'

param appName string
@description('The app registration that people and services sign in to.')
param registration { tenantId: string, clientId: string }

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName

  resource auth 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'RedirectToLoginPage'
        redirectToProvider: 'azureactivedirectory'
        excludedPaths: publicPaths
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: registration.clientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${registration.tenantId}/v2.0'
          }
          validation: {
            allowedAudiences: ['api://${registration.clientId}', registration.clientId]
          }
        }
      }
      login: { tokenStore: { enabled: false } }
      httpSettings: { requireHttps: true }
    }
  }
}
