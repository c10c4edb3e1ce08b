using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Csv;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Csv;

/// <summary>Every format of files there is.</summary>
public static class CsvServices
{
    public static IServiceCollection AddOrderFiles(this IServiceCollection services) => services
        .AddSingleton<ICsvFormat, PlainCsvFormat>()
        .AddSingleton<ICsvFormat, ShopifyCsvFormat>()
        .AddSingleton<CsvOrderFiles>()
        .AddSingleton<IOrderFiles, ShopifyOrderFiles>()
        .AddSingleton<IProductFiles, ShopifyProductFiles>();
}
