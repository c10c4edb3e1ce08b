using Expansion.Engine;
using Expansion.Functions;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddExpansion(builder.Configuration);
// One JSON convention for HTTP answers and for queue messages.
builder.Services.Configure<JsonOptions>(options => ExpansionJson.Apply(options.SerializerOptions));
builder.Services.Configure<Microsoft.Azure.Functions.Worker.WorkerOptions>(options =>
    options.Serializer = new Azure.Core.Serialization.JsonObjectSerializer(ExpansionJson.Options));
// The worker's own limit of 30 MB would answer a larger upload with 500; this is the Functions host's limit.
builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = 104_857_600);
builder.Build().Run();
