using System.Text;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Outbox;

/// <summary>A shop that offers a grinder to who has a full cart, by the touchpoint that a test names, at noon on a day in March.</summary>
internal static class OfferingHost
{
    public const string Shop = "coffee.example";

    public static async Task<TestHost> StartAsync(string storage, Dictionary<string, string?> settings, FakeTimeProvider? time = null)
    {
        var grinder = new Candidate(OfferKind.CrossSell, "GR-1", 0.5, "affinity") { Title = "Grinder", Price = new(89, "USD") };
        var candidates = new Mock<IOfferCandidates>();
        candidates.Setup(found => found.FindAsync(It.IsAny<ShopId>(), It.IsAny<TimingContext>(), It.IsAny<CancellationToken>())).ReturnsAsync(new ProposedCandidates([grinder], "1"));
        time ??= new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
        var host = await TestHost.StartAsync(storage, new() { Settings = settings, Time = time, Services = services => services.AddSingleton(candidates.Object) });
        await PutAsync(host, $"shops/{Shop}/settings", """{"currency":"USD"}""");
        return host;
    }

    /// <summary>Has the customer's cart lead to an offer.</summary>
    public static async Task DecideAsync(this TestHost host, string touchpoint, string customer = "ann")
    {
        await PutAsync(host, $"rules/go?shop={Shop}", $$"""{"id":"go","touchpoints":["{{touchpoint}}"],"when":{"fact":"cart_value","above":50},"then":{"recommend_product":"GR-1"} }""");
        var cart = $$"""{"type":"cart_changed","id":"c-{{customer}}","customer":"{{customer}}","at":"2026-03-10T11:59:00Z","total":{"amount":80,"currency":"USD"},"skus":["beans"]}""";
        using var answer = await host.Client.PostAsync($"/api/events?shop={Shop}", new StringContent(cart, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    public static async Task PutAsync(TestHost host, string path, string json)
    {
        using var answer = await host.Client.PutAsync($"/api/{path}", new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
