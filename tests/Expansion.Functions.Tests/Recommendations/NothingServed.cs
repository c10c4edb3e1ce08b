using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;
using Expansion.Functions.Recommendations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Recommendations;

/// <summary>The cache of an instance that nobody has asked for anything, for tests that are not about it.</summary>
internal static class NothingServed
{
    public static ServingCache Cache()
    {
        var (options, time) = (Options.Create(new ServingOptions()), new FakeTimeProvider());
        var reader = new ServedShopReader(
            Mock.Of<IShopStore>(), Mock.Of<IAffinityStore>(), Mock.Of<IModelStore>(), Mock.Of<IPairDecisionStore>(), Mock.Of<IPricingDocuments>(), Mock.Of<ICatalogueStore>(), Mock.Of<IMessageQueue>(), options, time);
        return new(reader, options, time, NullLogger<ServingCache>.Instance);
    }
}
