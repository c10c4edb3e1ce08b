using Expansion.Connectors.Email;
using Expansion.Engine;
using Microsoft.Extensions.Options;
using Moq;

namespace Expansion.Connectors.Tests.Email;

public sealed class UnsubscribeLinksTests
{
    private const string Old = "0123456789abcdef0123456789abcdef";
    private const string New = "fedcba9876543210fedcba9876543210";

    private static readonly Subscription Ada = Subscription.Of(ShopId.From("coffee.example"), new("7001/ü"), "Ada@Example.com", "offer-1");

    [Fact]
    public void Read_OurLink_IsTheSubscriptionWithoutTheAddress()
    {
        var link = Links(Old).LinkOf(Ada);

        Assert.StartsWith("https://expansion.example/api/email/unsubscribe/", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(Ada, Links(Old).Read(Token(link)));
        Assert.DoesNotContain("ada", link.AbsoluteUri, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Read_LinkOfAnOlderKey_StillWorks()
    {
        var token = Token(Links(Old).LinkOf(Ada));

        Assert.Equal(Ada, Links(New, Old).Read(token));
        Assert.Null(Links(New).Read(token));
    }

    [Fact]
    public void Read_AnyLetterChanged_IsNothing()
    {
        var token = Token(Links(Old).LinkOf(Ada));
        for (var at = 0; at < token.Length; at++)
        {
            // The last letter of base64 may hold bits that mean nothing, so another letter is taken that differs in the others.
            var other = token[at] is 'Q' or 'R' or 'S' or 'T' ? 'g' : 'Q';

            Assert.Null(Links(Old).Read($"{token[..at]}{other}{token[(at + 1)..]}"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b.c")]
    [InlineData("é.é")]
    public void Read_NoLinkOfOurs_IsNothing(string token) => Assert.Null(Links(Old).Read(token));

    private static string Token(Uri link) => link.AbsolutePath[UnsubscribeLinks.Path.Length..];

    private static UnsubscribeLinks Links(params string[] keys)
    {
        var options = new EmailOptions { PublicUrl = "https://expansion.example/" };
        foreach (var key in keys)
        {
            options.LinkKeys.Add(key);
        }

        return new(Mock.Of<IOptionsMonitor<EmailOptions>>(monitor => monitor.CurrentValue == options));
    }
}
