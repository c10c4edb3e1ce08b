using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Expansion.Engine;
using Expansion.Functions;
using Expansion.Functions.Operations;
using Expansion.Functions.Worker;
using Expansion.Storage.Queues;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<FunctionMiddleware>();
builder.Services.AddExpansion(builder.Configuration);
AddTelemetry(builder);
// One JSON convention for HTTP answers and for queue messages.
builder.Services.Configure<JsonOptions>(options => ExpansionJson.Apply(options.SerializerOptions));
builder.Services.Configure<Microsoft.Azure.Functions.Worker.WorkerOptions>(options =>
    options.Serializer = new Azure.Core.Serialization.JsonObjectSerializer(ExpansionJson.Options));
// The worker's own limit of 30 MB would answer a larger upload with 500; this is the Functions host's limit.
builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = 104_857_600);
builder.Build().Run();

// Application Insights by Entra identity: its key is switched off.
static void AddTelemetry(FunctionsApplicationBuilder builder)
{
    var telemetry = builder.Services.AddOpenTelemetry()
        .WithTracing(tracing => tracing.AddSource(MessageTrace.Source.Name))
        .WithMetrics(metrics => metrics.AddMeter(AppMeter.Meter.Name))
        .UseFunctionsWorkerDefaults();
    if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection)
    {
        telemetry.UseAzureMonitorExporter(exporter =>
        {
            exporter.ConnectionString = connection;
            exporter.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(builder.Configuration["AZURE_CLIENT_ID"]));
        });
    }
}
