using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Connectors.Shopify;

/// <summary>From a product in Shopify's words to ours, an item a variant. A body that can't be understood is a <see cref="JsonException"/>.</summary>
public static class ShopifyProductMapper
{
    /// <summary>More are only named.</summary>
    private const int MostVariantsInFull = 100;

    /// <summary>Prices are in <see cref="ProductListing.ShopCurrency"/>: the body names none.</summary>
    /// <param name="at">When it was sent off: the version where the body tells none.</param>
    public static ProductListing Map(ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var product = ShopifyJson.Read<ProductPayload>(body);
        var variants = (product.Variants ?? []).OfType<VariantPayload>().Where(variant => Key(variant) is not null).ToList();
        return new(Text(product.Id), CatalogueSource.Shopify, Version(product, at), [.. variants.Select(variant => Map(product, variant))])
        {
            IsWhole = variants.Count is > 0 and < MostVariantsInFull || (variants.Count > 0 && product.VariantGids?.Count == variants.Count),
        };
    }

    /// <summary>Nothing is left of a product that was deleted, and its body says no more than its id.</summary>
    public static ProductListing MapDeleted(ReadOnlySpan<byte> body, DateTimeOffset at) => new(Text(ShopifyJson.Read<ProductPayload>(body).Id), CatalogueSource.Shopify, at, []);

    /// <summary>updated_at counts whole seconds; of two versions within one second the one sent later is the newer.</summary>
    private static DateTimeOffset Version(ProductPayload product, DateTimeOffset at) => product.UpdatedAt is not { } updated
        ? at.ToUniversalTime()
        : updated.ToUniversalTime().AddTicks(Math.Clamp((at - updated).Ticks, 0, TimeSpan.TicksPerSecond - 1));

    private static CatalogueItem Map(ProductPayload product, VariantPayload variant) => new(Key(variant)!.Value)
    {
        Title = product.Title,
        ProductId = Text(product.Id),
        VariantId = variant.Id is { } id ? Text(id) : null,
        InventoryItem = variant.InventoryItemId is { } item ? Text(item) : null,
        Handle = product.Handle,
        Options = Options(product, variant),
        Type = product.ProductType,
        Vendor = product.Vendor,
        Tags = product.Tags?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Price = Price(variant.Price),
        CompareAtPrice = Price(variant.CompareAtPrice),
        Stock = variant.InventoryQuantity,
        SellsWithoutStock = variant.InventoryManagement.ValueKind == JsonValueKind.Null ? true : variant.InventoryPolicy is { } policy ? policy == "continue" : null,
        Status = Status(product.Status),
        Published = product.Status is null ? null : product.PublishedAt is not null,
        GiftCard = product.ProductType is { } type ? type.Replace(" ", "", StringComparison.Ordinal).StartsWith("giftcard", StringComparison.OrdinalIgnoreCase) : null,
        Image = (Images(product).FirstOrDefault(image => image.Id is not null && image.Id == variant.ImageId) ?? Images(product).FirstOrDefault())?.Src,
    };

    /// <summary>The same key as an order's lines have.</summary>
    private static Sku? Key(VariantPayload variant) => ShopifyOrderMapper.KeyOf(variant.Sku, variant.Id, null);

    private static IReadOnlyList<ItemOption> Options(ProductPayload product, VariantPayload variant)
    {
        var names = (product.Options ?? []).Select(option => option?.Name).ToList();
        return [.. new[] { variant.Option1, variant.Option2, variant.Option3 }.Select((value, place) => new ItemOption(names.ElementAtOrDefault(place) ?? $"Option{place + 1}", value ?? "")).Where(option => option.Value.Length > 0)];
    }

    private static IEnumerable<ImagePayload> Images(ProductPayload product) => (product.Images ?? []).OfType<ImagePayload>();

    private static Money? Price(decimal? amount) => amount is { } known ? new Money(known, ProductListing.ShopCurrency) : null;

    private static ItemStatus? Status(string? status) => status switch
    {
        "active" => ItemStatus.Active,
        "draft" => ItemStatus.Draft,
        "archived" => ItemStatus.Archived,
        _ => null,
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
