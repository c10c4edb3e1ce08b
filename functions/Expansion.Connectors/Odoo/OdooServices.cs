using Expansion.Engine.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Odoo;

public static class OdooServices
{
    public static IServiceCollection AddOdoo(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<OdooOptions>, OdooOptionsValidator>();
        services.AddOptions<OdooOptions>().Bind(configuration.GetSection(OdooOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<OdooClients>()
            .AddSingleton(provider => new OdooOutcomes(provider.GetRequiredService<OdooClients>()))
            .AddSingleton(provider => new OdooProductSlots(provider.GetRequiredService<OdooClients>()))
            .AddSingleton<IOutboxChannel, OdooChannel>()
            .AddSingleton<IConnectorCheck, OdooCheck>();
    }
}
