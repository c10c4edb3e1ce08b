using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Crm;
using Expansion.Engine.Outbox;

namespace Expansion.Connectors.Odoo;

/// <summary>
/// Writes an opportunity as a crm.lead. Its external id is made of the opportunity's, so that a repeat changes the one that is there; the same holds for
/// a customer who had to be added.
/// </summary>
internal sealed class OdooChannel(OdooClients clients, IContactStore contacts) : IOutboxChannel
{
    public const string Name = "odoo";

    /// <summary>What the external reference of every lead of ours begins with.</summary>
    public const string Reference = "expansion:";

    private static readonly TimeSpan KeyPatience = TimeSpan.FromHours(1);

    public string Carrier => Name;

    public bool IsRepeatable => true;

    public IReadOnlyList<TimeSpan> Retries => RetryDelay.Usual;

    public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (clients.Find(item.Shop) is not { } client)
        {
            return new Refused($"Odoo is off: there is no connection for {item.Shop} under {OdooOptions.Section}:Connections.");
        }

        var opportunity = JsonSerializer.Deserialize<Opportunity>(item.Body, ExpansionJson.Options)!;
        try
        {
            var lead = await client.LoadAsync("crm.lead", $"__expansion__.op_{opportunity.Id}", await ValuesAsync(client, item.Shop, opportunity, cancellationToken), cancellationToken);
            return new Delivered(string.Create(CultureInfo.InvariantCulture, $"It is lead {lead}."));
        }
        catch (OdooException exception)
        {
            return exception.Fault switch
            {
                OdooFault.Transient => new Failed(exception.Message, exception.RetryAfter),
                // Somebody may put in a new key in time.
                OdooFault.Unauthorized => new Failed(exception.Message, KeyPatience),
                _ => new Refused(exception.Message),
            };
        }
    }

    private async Task<Dictionary<string, string>> ValuesAsync(OdooClient client, ShopId shop, Opportunity opportunity, CancellationToken cancellationToken)
    {
        var contact = await contacts.FindAsync(shop, opportunity.Customer, cancellationToken);
        var product = opportunity.ProductTitle ?? opportunity.Product;
        var values = new Dictionary<string, string>
        {
            ["name"] = $"{product} for {contact?.Name ?? opportunity.Customer.Value}",
            ["type"] = "opportunity",
            ["referred"] = Reference + opportunity.Id,
        };
        if (contact?.Email is { Length: > 0 } email)
        {
            values["partner_id/.id"] = (await PartnerAsync(client, shop, contact, email, cancellationToken)).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            values["contact_name"] = contact?.Name ?? opportunity.Customer.Value;
        }

        var note = "";
        if (opportunity.ExpectedRevenue is { } revenue)
        {
            if (await CurrencyAsync(client, cancellationToken) == revenue.Currency)
            {
                values["expected_revenue"] = revenue.Amount.ToString("0.00##", CultureInfo.InvariantCulture);
            }
            else
            {
                note = string.Create(CultureInfo.InvariantCulture, $"Expected revenue: {revenue.Amount:0.00##} {revenue.Currency}");
            }
        }

        string[] lines = [$"Customer: {opportunity.Customer}", $"Product: {product} ({opportunity.Product})", $"Why: {opportunity.Reason}", $"Next step: {opportunity.NextStep}", note];
        values["description"] = string.Concat(lines.Where(line => line.Length > 0).Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"));
        return values;
    }

    /// <summary>Who has the address; of two, the one that is no contact of another, then the older. Who isn't there is added.</summary>
    private static async Task<long> PartnerAsync(OdooClient client, ShopId shop, Contact contact, string email, CancellationToken cancellationToken)
    {
        var found = await client.SearchAsync("res.partner", [new JsonArray("email_normalized", "=", email.Trim().ToLowerInvariant())], ["id", "parent_id"], "id asc", 10, cancellationToken);
        var partners = found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToList() : [];
        if (partners.Count > 0)
        {
            return partners.OrderBy(partner => partner.TryGetProperty("parent_id", out var parent) && parent.ValueKind == JsonValueKind.Array).First().GetProperty("id").GetInt64();
        }

        var id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{shop}\n{contact.Customer}")).AsSpan(0, 12));
        return await client.LoadAsync(
            "res.partner", $"__expansion__.customer_{id}",
            new Dictionary<string, string> { ["name"] = contact.Name ?? email, ["email"] = email, ["ref"] = $"{Reference}{contact.Customer}" }, cancellationToken);
    }

    /// <summary>Of the bot's company, in which expected revenue is written.</summary>
    private static async Task<string?> CurrencyAsync(OdooClient client, CancellationToken cancellationToken)
    {
        var companies = await client.SearchAsync("res.company", [], ["currency_id"], "id asc", 1, cancellationToken);
        return companies is { ValueKind: JsonValueKind.Array } && companies.GetArrayLength() == 1 && companies[0].TryGetProperty("currency_id", out var currency) && currency is { ValueKind: JsonValueKind.Array } && currency.GetArrayLength() == 2
            ? currency[1].GetString()
            : null;
    }
}
