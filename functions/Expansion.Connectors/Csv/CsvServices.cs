using Expansion.Connectors.Shopify.Csv;
using Expansion.Engine.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Csv;

/// <summary>Every format of order files there is.</summary>
public static class CsvServices
{
    public static IServiceCollection AddOrderFiles(this IServiceCollection services) => services
        .AddSingleton<ICsvFormat, PlainCsvFormat>()
        .AddSingleton<ICsvFormat, ShopifyCsvFormat>()
        .AddSingleton<IOrderFiles, CsvOrderFiles>();
}
