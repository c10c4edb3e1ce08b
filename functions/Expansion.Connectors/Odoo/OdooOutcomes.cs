using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;

namespace Expansion.Connectors.Odoo;

/// <summary>Reads what became of our leads. A lead is won in a stage that counts as won, and lost when it is archived with no chance left.</summary>
public sealed class OdooOutcomes
{
    private const int Page = 200;
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    private readonly OdooClients _clients;

    internal OdooOutcomes(OdooClients clients) => _clients = clients;

    /// <param name="since">By Odoo's clock; what was changed at that very second is read again.</param>
    /// <exception cref="InvalidOperationException">Odoo can't be read now.</exception>
    public async Task<IReadOnlyList<LeadOutcome>> ReadAsync(ShopId shop, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (_clients.Find(shop) is not { } client)
        {
            return [];
        }

        try
        {
            var won = await client.SearchAsync("crm.stage", [new JsonArray("is_won", "=", true)], ["id"], "id asc", Page, cancellationToken);
            var stages = won.EnumerateArray().Select(stage => stage.GetProperty("id").GetInt64()).ToHashSet();
            var outcomes = new List<LeadOutcome>();
            var more = true;
            while (more)
            {
                JsonArray domain = [new JsonArray("write_date", ">=", since.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)), new JsonArray("referred", "=like", OdooChannel.Reference + "%")];
                var leads = await client.SearchAsync(
                    "crm.lead", domain, ["id", "referred", "active", "probability", "stage_id", "expected_revenue", "company_currency", "write_date"], "write_date asc, id asc", Page, cancellationToken, outcomes.Count);
                outcomes.AddRange(leads.EnumerateArray().Select(lead => Map(lead, stages)));
                more = leads.GetArrayLength() == Page;
            }

            return outcomes;
        }
        catch (OdooException exception)
        {
            throw new InvalidOperationException($"The leads of {shop} can't be read. {exception.Message}", exception);
        }
    }

    private static LeadOutcome Map(JsonElement lead, HashSet<long> wonStages)
    {
        var stage = lead.TryGetProperty("stage_id", out var many) && many.ValueKind == JsonValueKind.Array ? many[0].GetInt64() : 0;
        var active = !lead.TryGetProperty("active", out var flag) || flag.ValueKind != JsonValueKind.False;
        var chance = lead.TryGetProperty("probability", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : 0;
        return new(
            lead.GetProperty("referred").GetString()![OdooChannel.Reference.Length..],
            lead.GetProperty("id").GetInt64(),
            active && wonStages.Contains(stage) ? LeadState.Won : !active && chance == 0 ? LeadState.Lost : LeadState.Open,
            new DateTimeOffset(DateTime.ParseExact(lead.GetProperty("write_date").GetString()!, Format, CultureInfo.InvariantCulture), TimeSpan.Zero),
            Revenue(lead));
    }

    private static Money? Revenue(JsonElement lead) =>
        lead.TryGetProperty("expected_revenue", out var amount) && amount.ValueKind == JsonValueKind.Number && amount.GetDecimal() > 0
        && lead.TryGetProperty("company_currency", out var currency) && currency.ValueKind == JsonValueKind.Array && currency[1].GetString() is { Length: 3 } code
            ? new(amount.GetDecimal(), code)
            : null;
}

public enum LeadState
{
    Open,
    Won,
    Lost,
}

/// <param name="Opportunity">Our own id of it.</param>
/// <param name="ChangedAt">By Odoo's clock, to the second.</param>
public sealed record LeadOutcome(string Opportunity, long Lead, LeadState State, DateTimeOffset ChangedAt, Money? Revenue);
