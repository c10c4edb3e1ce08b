using Expansion.Connectors.Shopify.Topics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Shopify;

public static class ShopifyServices
{
    public static IServiceCollection AddShopify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<ShopifyOptions>, ShopifyOptionsValidator>();
        services.AddOptions<ShopifyOptions>().Bind(configuration.GetSection(ShopifyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton<IShopifyTopic, OrderTopic>();
        services.AddSingleton<IShopifyTopic, ProductTopic>();
        services.AddSingleton<IShopifyTopic, RefundTopic>();
        return services.AddSingleton<ShopifyTopics>();
    }
}
