namespace Expansion.Engine.Orders;

/// <summary>A file of orders was uploaded and waits to be imported.</summary>
/// <param name="Format">Null to tell it by the header.</param>
public sealed record ImportRequested(ShopId Shop, string Id, string? Format)
{
    public const string Queue = "import-requested";
}
