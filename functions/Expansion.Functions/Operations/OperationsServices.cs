using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Operations;

public static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RequestOptions>().Bind(configuration.GetSection(RequestOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<AppHealth>().AddSingleton<Doctor>().AddSingleton<RequestGuard>();
    }
}
