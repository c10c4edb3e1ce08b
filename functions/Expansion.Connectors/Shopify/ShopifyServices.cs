using Expansion.Connectors.Shopify.Admin;
using Expansion.Connectors.Shopify.Topics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Shopify;

public static class ShopifyServices
{
    public static IServiceCollection AddShopify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<ShopifyOptions>, ShopifyOptionsValidator>();
        services.AddOptions<ShopifyOptions>().Bind(configuration.GetSection(ShopifyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(ShopifyAdmin.Client, client => client.Timeout = TimeSpan.FromSeconds(30));
        services.AddSingleton<ShopifyAdmin>();
        services.AddSingleton<BulkOrders>();
        services.AddSingleton<ComplementaryProducts>();
        services.AddSingleton<IConnectorCheck, ShopifyCheck>();

        services.AddSingleton<IShopifyTopic, AppUninstalledTopic>();
        services.AddSingleton<IShopifyTopic, BillingAttemptTopic>();
        services.AddSingleton<IShopifyTopic, BulkFinishedTopic>();
        services.AddSingleton<IShopifyTopic, CartTopic>();
        services.AddSingleton<IShopifyTopic, CheckoutTopic>();
        services.AddSingleton<IShopifyTopic, ContractTopic>();
        services.AddSingleton<IShopifyTopic, CustomerDeleteTopic>();
        services.AddSingleton<IShopifyTopic, CustomerRedactTopic>();
        services.AddSingleton<IShopifyTopic, CustomerTopic>();
        services.AddSingleton<IShopifyTopic, DataRequestTopic>();
        services.AddSingleton<IShopifyTopic, CustomersMergeTopic>();
        services.AddSingleton<IShopifyTopic, InventoryTopic>();
        services.AddSingleton<IShopifyTopic, OrderTopic>();
        services.AddSingleton<IShopifyTopic, ProductTopic>();
        services.AddSingleton<IShopifyTopic, RefundTopic>();
        services.AddSingleton<IShopifyTopic, ShopRedactTopic>();
        return services.AddSingleton<ShopifyTopics>();
    }
}
