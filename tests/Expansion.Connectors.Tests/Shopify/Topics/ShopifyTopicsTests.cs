using Expansion.Connectors.Shopify.Topics;
using Moq;

namespace Expansion.Connectors.Tests.Shopify.Topics;

public sealed class ShopifyTopicsTests
{
    [Fact]
    public void Find_NameOfATopic_IsItsClass()
    {
        var (orders, refunds) = (new OrderTopic(), new RefundTopic());
        var topics = new ShopifyTopics([orders, refunds]);

        Assert.Same(orders, topics.Find("orders/paid"));
        Assert.Same(refunds, topics.Find("refunds/create"));
    }

    [Theory]
    [InlineData("orders/delete")]
    [InlineData("ORDERS/PAID")]
    [InlineData("")]
    public void Find_AnyOtherName_IsNull(string name) => Assert.Null(new ShopifyTopics([new OrderTopic()]).Find(name));

    [Fact]
    public void ShopifyTopics_TwoWithOneName_Throw()
    {
        var other = Mock.Of<IShopifyTopic>(topic => topic.Topics == new HashSet<string> { "refunds/create" });

        Assert.Throws<ArgumentException>(() => new ShopifyTopics([new RefundTopic(), other]));
    }
}
