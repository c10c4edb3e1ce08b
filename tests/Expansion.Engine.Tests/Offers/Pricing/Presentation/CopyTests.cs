using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Tests.Offers.Pricing.Presentation;

public sealed class CopyTests
{
    [Theory]
    [InlineData("{{ priec }}", "there is no fact 'priec'; there are alternative, ")]
    [InlineData("{{ price.amount }}", "there is no fact 'price.amount'")]
    [InlineData("{% if gian %}x{% endif %}", "there is no fact 'gian'")]
    [InlineData("{% if gain %}{{ x }}{% endif %}", "there is no fact 'x'")]
    [InlineData("{% unless gain %}x{% else %}{{ x }}{% endunless %}", "there is no fact 'x'")]
    [InlineData("{% if gain %}x{% elsif x %}y{% endif %}", "there is no fact 'x'")]
    [InlineData("{{ price | raw }}", "there is no filter 'raw'; use one of capitalize, downcase, strip, upcase")]
    [InlineData("{{ price | upcase: x }}", "there is no fact 'x'")]
    [InlineData("{% if price == '5' %}x{% endif %}", "a condition names a fact, or facts joined by 'and'")]
    [InlineData("{% if price or gain %}x{% endif %}", "a condition names a fact, or facts joined by 'and'")]
    [InlineData("{% for x in (1..999999999) %}{{ price }}{% endfor %}", "Unknown tag 'for'")]
    [InlineData("{% include 'secrets' %}", "Unknown tag 'include'")]
    [InlineData("{% assign price = 1 %}", "Unknown tag 'assign'")]
    [InlineData("{{ price ", "")]
    [InlineData("{% if price %}", "")]
    public void Parse_WhatIsNoCopy_NamesTheMistake(string text, string mistake)
    {
        Assert.Null(Copy.Parse(text, out var said));
        Assert.Contains(mistake, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        Assert.Null(Copy.Parse(new string('x', 2001), out var mistake));
        Assert.Equal("it has 2001 characters, 2000 are allowed", mistake);
    }

    [Theory]
    [InlineData("{{ price }} {% if gain %}{{ gain }}{% endif %}", "price")]
    [InlineData("{% if gain and price %}{{ gain }}{{ price }}{% endif %}", "")]
    [InlineData("{% if gain %}{{ price }}{% else %}{{ gain }}{% endif %}", "gain,price")]
    [InlineData("{% unless gain %}{{ price }}{% else %}{{ gain }}{% endunless %}", "price")]
    [InlineData("{% if gain %}{% if price %}{{ gain }}{{ price }}{% endif %}{% endif %}", "")]
    [InlineData("{% if gain %}{% elsif price %}{{ price }}{% endif %}", "")]
    [InlineData("plain", "")]
    public void Needs_OfCopy_AreTheFactsNamedOutsideOfTheirConditions(string text, string needs) =>
        Assert.Equal(needs, string.Join(',', Copy.Parse(text, out _)!.Needs.Order(StringComparer.Ordinal)));

    [Fact]
    public void Validate_OfATemplate_NamesEveryFieldWithAMistake()
    {
        var errors = new PresentationTemplate("DE", OfferKind.Upgrade, CopyStyle.Benefit, "{{ nobody }}", "{{ price }}", "", "ok").Validate();

        Assert.Equal(["headline", "language", "terms"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("there is no fact 'nobody'", errors["headline"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltIn_InFourLanguages_AreAllThereAndValid()
    {
        var all = new TemplateLibrary([]).All;

        Assert.Equal(4 * Enum.GetValues<OfferKind>().Length * Enum.GetValues<CopyStyle>().Length, all.Count);
        Assert.Equal(["ar", "de", "en", "es"], all.Select(template => template.Language).Distinct());
        Assert.All(all, template => Assert.Empty(template.Validate()));
        Assert.All(Language.All.Values.SelectMany(language => language.Anchors.Values), text => Assert.NotNull(Copy.Parse(text, out _)));
        Assert.All(Language.All.Values, language => Assert.Equal(3, language.Anchors.Count));
    }
}
