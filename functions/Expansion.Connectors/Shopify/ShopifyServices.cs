using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Shopify;

public static class ShopifyServices
{
    public static IServiceCollection AddShopify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ShopifyOptions>().Bind(configuration.GetSection(ShopifyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
