namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>A product with all its variants was received from a shop; or, as <see cref="Payload"/>, a blob that holds it.</summary>
public sealed record ProductReceived(ShopId Shop) : IReceived
{
    public const string Queue = "product-received";

    public ProductListing? Product { get; init; }

    public string? Payload { get; init; }

    string IReceived.Queue => Queue;

    IReceived IReceived.KeptIn(string payload) => new ProductReceived(Shop) { Payload = payload };
}

/// <summary>A product and all that can be bought of it. What was sold under its id before and isn't listed any more is gone; without items all of it is.</summary>
/// <param name="Id">The source's own.</param>
/// <param name="At">When this was so, by the source.</param>
public sealed record ProductListing(string Id, CatalogueSource Source, DateTimeOffset At, IReadOnlyList<CatalogueItem> Items)
{
    /// <summary>Stands for the shop's own currency in what a source tells that names none (ISO 4217: no currency).</summary>
    public const string ShopCurrency = "XXX";

    /// <summary>Whether all variants are listed, so that what isn't is gone.</summary>
    public bool IsWhole { get; init; } = true;

    public ProductListing In(string currency)
    {
        return this with { Items = [.. Items.Select(item => item with { Price = Name(item.Price), CompareAtPrice = Name(item.CompareAtPrice), Cost = Name(item.Cost) })] };

        Money? Name(Money? price) => price is { Currency: ShopCurrency } known ? new Money(known.Amount, currency) : price;
    }

    /// <summary>What it says of its items, and of those of <paramref name="before"/> that it no longer has.</summary>
    public IEnumerable<ToldItem> Told(IEnumerable<Sku> before) => Items
        .Concat(IsWhole ? before.Except(Items.Select(item => item.Sku)).Select(gone => new CatalogueItem(gone) { Status = ItemStatus.Deleted }) : [])
        .Select(item => new ToldItem(item, Source, At));
}
