using Expansion.Engine.Shops;

namespace Expansion.Engine.Tests.Shops;

public sealed class ShopSettingsTests
{
    [Fact]
    public void Validate_Defaults_HaveNoMistake() => Assert.Empty(new ShopSettings().Validate());

    [Fact]
    public void Validate_EverythingWrong_NamesEveryMistake()
    {
        var settings = new ShopSettings { MinSupport = 3, MinLift = 0, MinCount = 0, WindowMonths = 25, TimeZone = "Nowhere/Land", Currency = "eur" };

        Assert.Equal(["currency", "min_count", "min_lift", "min_support", "time_zone", "window_months"], settings.Validate().Keys.Order());
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Validate_WindowMonths_MustBeTwelveToTwentyFour(int months, bool valid) =>
        Assert.Equal(valid, new ShopSettings { WindowMonths = months }.Validate().Count == 0);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void Validate_SupportThatIsNoShare_IsRefused(double support) =>
        Assert.Contains("min_support", new ShopSettings { MinSupport = support }.Validate().Keys);
}
