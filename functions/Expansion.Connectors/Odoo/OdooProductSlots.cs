using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Crm;

namespace Expansion.Connectors.Odoo;

/// <summary>Adds products to the optional, accessory and alternative products of another, and takes away again what it added. A SKU is Odoo's internal reference.</summary>
public sealed class OdooProductSlots
{
    private readonly OdooClients _clients;

    internal OdooProductSlots(OdooClients clients) => _clients = clients;

    /// <returns>The ids that weren't there before, or why nothing was written.</returns>
    public Task<SlotAnswer> AddAsync(ShopId shop, SlotChange change, CancellationToken cancellationToken) => AnswerAsync(shop, async client =>
    {
        var product = await ProductAsync(client, change.Product, cancellationToken);
        var (field, toVariant) = Field(change.Slot);
        var present = await PresentAsync(client, product.Template, field, cancellationToken);
        var wanted = new List<long>();
        foreach (var partner in change.Partners)
        {
            var found = await ProductAsync(client, partner, cancellationToken);
            wanted.Add(toVariant ? found.Variant : found.Template);
        }

        IReadOnlyList<long> added = [.. wanted.Distinct().Except(present).Where(id => toVariant || id != product.Template)];
        // Linked one by one, what others put there meanwhile stays.
        await WriteAsync(client, product.Template, field, 4, added, cancellationToken);
        return added;
    });

    /// <summary>Can be repeated.</summary>
    public Task<SlotAnswer> RemoveAsync(ShopId shop, SlotChange change, CancellationToken cancellationToken) => AnswerAsync(shop, async client =>
    {
        var product = await ProductAsync(client, change.Product, cancellationToken);
        await WriteAsync(client, product.Template, Field(change.Slot).Name, 3, change.Added, cancellationToken);
        return [];
    });

    private async Task<SlotAnswer> AnswerAsync(ShopId shop, Func<OdooClient, Task<IReadOnlyList<long>>> work)
    {
        if (_clients.Find(shop) is not { } client)
        {
            return new([], $"Odoo is off: there is no connection for {shop} under {OdooOptions.Section}:Connections in the settings.");
        }

        try
        {
            return new(await work(client), null);
        }
        catch (OdooException exception)
        {
            return new([], exception.Message);
        }
    }

    /// <summary>Accessories are variants, the other two templates.</summary>
    private static (string Name, bool ToVariant) Field(ProductSlot slot) => slot switch
    {
        ProductSlot.Optional => ("optional_product_ids", false),
        ProductSlot.Accessory => ("accessory_product_ids", true),
        _ => ("alternative_product_ids", false),
    };

    private static async Task<(long Variant, long Template)> ProductAsync(OdooClient client, Sku sku, CancellationToken cancellationToken)
    {
        var found = await client.SearchAsync("product.product", [new JsonArray("default_code", "=", sku.Value)], ["id", "product_tmpl_id"], "id asc", 2, cancellationToken);
        return found.GetArrayLength() switch
        {
            1 => (found[0].GetProperty("id").GetInt64(), found[0].GetProperty("product_tmpl_id")[0].GetInt64()),
            0 => throw new OdooException(OdooFault.Missing, $"Odoo has no product with the internal reference {sku}."),
            _ => throw new OdooException(OdooFault.Invalid, $"Odoo has several products with the internal reference {sku}."),
        };
    }

    private static async Task<HashSet<long>> PresentAsync(OdooClient client, long template, string field, CancellationToken cancellationToken)
    {
        var found = await client.SearchAsync("product.template", [new JsonArray("id", "=", template)], [field], "id asc", 1, cancellationToken);
        return found.GetArrayLength() == 1 && found[0].GetProperty(field) is { ValueKind: JsonValueKind.Array } ids ? [.. ids.EnumerateArray().Select(id => id.GetInt64())] : [];
    }

    /// <param name="command">Odoo's: 4 links, 3 unlinks.</param>
    private static Task WriteAsync(OdooClient client, long template, string field, int command, IReadOnlyList<long> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? Task.CompletedTask
        : client.WriteAsync("product.template", template, new() { [field] = new JsonArray([.. ids.Select(id => new JsonArray(command, id))]) }, cancellationToken);
}

/// <param name="Refusal">Why nothing was written; null when all is well.</param>
public sealed record SlotAnswer(IReadOnlyList<long> Added, string? Refusal);
