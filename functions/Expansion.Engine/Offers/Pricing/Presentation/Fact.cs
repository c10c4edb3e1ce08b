namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>A value that copy can name, in the form it is known in; every language writes it its own way.</summary>
public abstract record Fact
{
    private Fact()
    {
    }

    /// <summary>Words, as the shop or its catalogue wrote them.</summary>
    public sealed record Words(string Text) : Fact;

    public sealed record Amount(Money Money) : Fact;

    /// <summary>A plain number, with at most one decimal, the rest cut off.</summary>
    public sealed record Number(decimal Value) : Fact;

    public sealed record Percent(int Value) : Fact;

    public sealed record Day(DateOnly Date) : Fact;

    /// <summary>A length of time in days, told in the unit that fits and never shorter than it is.</summary>
    public sealed record Span(int Days) : Fact;

    public sealed record List(IReadOnlyList<string> Items) : Fact;
}
