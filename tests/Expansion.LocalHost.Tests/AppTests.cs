using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Expansion.LocalHost.Tests;

/// <summary>The app's own functions on the host.</summary>
[Trait("Category", "Azurite")]
public sealed class AppTests(AzuriteFixture azurite)
{
    /// <summary>A new function, route, queue, schedule or level is a visible change: it has to be written here too.</summary>
    [Fact]
    public async Task Functions_OfTheApp_AreThese()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        Assert.Equal(
            [
                "AddPrices  http POST shops/{shop}/prices, Function",
                "AnalyzePlans  http GET shops/{shop}/plans/analysis, Function",
                "AnswerMcp  http DELETE GET POST mcp, Anonymous",
                "ApplySlots  http POST crm/product-slots/{id}/apply, Function",
                "BuildBundles  queue bundles-due",
                "ChangeExperiment  http POST shops/{shop}/experiments/{key}/{step}, Function",
                "CheckRule  http POST rules/check, Function",
                "CloseMetrics  timer 0 40 3 * * *",
                "ContinueBackfills  timer 20 * * * * *",
                "CountRange  queue recompute-range-due",
                "CreateOpportunity  http POST crm/opportunities, Function",
                "CreditOrder  queue order-credit-due",
                "DecidePair  http POST affinity/decisions, Function",
                "DeleteContact  http DELETE shops/{shop}/contacts/{customer}, Function",
                "DeliverOutbox  queue outbox-due",
                "DraftPlanExperiment  http POST shops/{shop}/plans/experiment, Function",
                "DryRunRule  http POST rules/dry-run, Function",
                "EnableWebhookEndpoint  http POST webhooks/endpoints/{endpoint}/enable, Function",
                "EraseCustomer  queue customer-erasure-requested",
                "EraseShop  queue shop-erasure-requested",
                "EvaluateSignals  queue signals-received",
                "ExplainOffer  http GET offers/{id}/explain, Function",
                "ExplainPair  http GET affinity/explain, Function",
                "ExportBundles  http GET shops/{shop}/bundles/export, Function",
                "ExportCustomer  queue customer-data-requested",
                "ExportPairs  http GET affinity/pairs/export, Function",
                "FinishRecompute  queue recompute-ranges-counted",
                "GetAffinitySummary  http GET affinity/summary, Function",
                "GetAlternatives  http GET shops/{shop}/alternatives, Function",
                "GetBackfill  http GET shops/{shop}/backfill, Function",
                "GetBudget  http GET shops/{shop}/budgets/{budget}, Function",
                "GetBundles  http GET shops/{shop}/bundles, Function",
                "GetCartThreshold  http GET shops/{shop}/cart-threshold, Function",
                "GetCustomerHealth  http GET customers/{customer}/health, Function",
                "GetDashboard  http GET dashboard/{*path}, Anonymous",
                "GetDataExport  http GET compliance/exports/{id}, Function",
                "GetEventSchema  http GET events/schema, Anonymous",
                "GetExperiment  http GET shops/{shop}/experiments/{key}, Function",
                "GetExperimentResults  http GET shops/{shop}/experiments/{key}/results, Function",
                "GetExperimentVisitors  http GET shops/{shop}/experiments/{key}/visitors, Function",
                "GetFindings  http GET operations/findings, Function",
                "GetFirstSteps  http GET affinity/first-steps, Function",
                "GetHealth  http GET health, Anonymous",
                "GetImport  http GET orders/import/{id}, Function",
                "GetImportRejects  http GET orders/import/{id}/rejects, Function",
                "GetMetricAlerts  http GET shops/{shop}/metrics/alerts, Function",
                "GetMetricOutcomes  http GET shops/{shop}/metrics/{metric}/outcomes, Function",
                "GetMetrics  http GET shops/{shop}/metrics, Function",
                "GetMrr  http GET shops/{shop}/metrics/mrr, Function",
                "GetOfferLedger  http GET offers/ledger, Function",
                "GetOfferSilences  http GET offers/silences, Function",
                "GetOpenApi  http GET openapi.json, Anonymous",
                "GetPairs  http GET affinity/pairs, Function",
                "GetPlans  http GET shops/{shop}/plans, Function",
                "GetPoisonMessages  http GET operations/poison/{queue}, Admin",
                "GetPrices  http GET shops/{shop}/prices, Function",
                "GetPricing  http GET shops/{shop}/pricing, Function",
                "GetProducts  http GET shops/{shop}/products, Function",
                "GetReceipts  http GET compliance/receipts, Function",
                "GetRecommendationRules  http GET shops/{shop}/recommendation-rules, Function",
                "GetRecommendations  http GET recommendations, Function",
                "GetRecomputeStatus  http GET shops/{shop}/recompute, Function",
                "GetRecurringRevenue  http GET billing/recurring-revenue, Function",
                "GetRuleVersions  http GET rules/{id}, Function",
                "GetShopSettings  http GET shops/{shop}/settings, Function",
                "GetShopifyRecommendations  http GET recommendations/products.json, Function",
                "GetStorefrontOffer  http GET storefront/offer, Anonymous",
                "GetTemplates  http GET shops/{shop}/templates, Function",
                "GetThrottles  http GET offers/throttles, Function",
                "GetTimingSettings  http GET shops/{shop}/timing, Function",
                "ImportProducts  http POST products/import, Function",
                "LearnSeasons  timer 0 0 4 * * *",
                "ListDeadLetters  http GET outbox/dead, Function",
                "ListExperiments  http GET shops/{shop}/experiments, Function",
                "ListOffers  http GET offers, Function",
                "ListPoisonQueues  http GET operations/poison, Admin",
                "ListRules  http GET rules, Function",
                "ListShops  http GET shops, Function",
                "ListSlots  http GET crm/product-slots, Function",
                "ListWebhookEndpoints  http GET webhooks/endpoints, Function",
                "LoadSample  http PUT sample, Function",
                "MergeCustomers  queue customers-merged",
                "NextOffer  http POST offers/next, Function",
                "PlanExperiment  http POST experiments/plan, Function",
                "PollOpportunities  timer 15 */5 * * * *",
                "PreviewOffer  http POST shops/{shop}/offers/preview, Function",
                "ProcessOrder  queue order-received",
                "ProcessProduct  queue product-received",
                "ProcessShopper  queue shopper-received",
                "ProcessStock  queue stock-received",
                "ProposeSlots  http POST crm/product-slots, Function",
                "PublishComplementary  queue complementary-due",
                "PublishNightly  timer 0 30 4 * * *",
                "PutAlternatives  http PUT shops/{shop}/alternatives, Function",
                "PutBudget  http PUT shops/{shop}/budgets/{budget}, Function",
                "PutContact  http PUT shops/{shop}/contacts/{customer}, Function",
                "PutExperiment  http PUT shops/{shop}/experiments/{key}, Function",
                "PutPlans  http PUT shops/{shop}/plans, Function",
                "PutPricing  http PUT shops/{shop}/pricing, Function",
                "PutProducts  http PUT shops/{shop}/products, Function",
                "PutRecommendationRules  http PUT shops/{shop}/recommendation-rules, Function",
                "PutRule  http PUT rules/{id}, Function",
                "PutShopSettings  http PUT shops/{shop}/settings, Function",
                "PutTemplates  http PUT shops/{shop}/templates, Function",
                "PutTimingSettings  http PUT shops/{shop}/timing, Function",
                "ReadExperiment  queue experiment-reading-due",
                "ReadExperiments  timer 0 10 * * * *",
                "ReceiveBounces  http POST email/bounces, Function",
                "ReceiveEvents  http POST events, Function",
                "ReceiveOutcomes  http POST shops/{shop}/outcomes, Function",
                "ReceiveSignedEvents  http POST events/from/{source}, Anonymous",
                "ReceiveStorefrontEvent  http POST storefront/events, Anonymous",
                "RecommendToCustomers  http POST recommendations/batch, Function",
                "RecomputeAffinity  timer 0 0 2 * * *",
                "RecomputeShop  queue recompute-due",
                "RecordOutcomes  queue outcome-recorded",
                "Redeliver  http POST outbox/dead/{channel}/{id}, Function",
                "ReleaseOutbox  timer 30 * * * * *",
                "ReleaseScheduledOffers  timer 0 * * * * *",
                "RemoveSample  http DELETE sample, Function",
                "ReplayPoison  http POST operations/poison/{queue}/replay, Admin",
                "RequestBundles  http POST shops/{shop}/bundles, Function",
                "RequestComplementary  http DELETE POST shops/{shop}/complementary, Function",
                "RequestErasure  http DELETE shops/{shop}/customers/{customer}, Function",
                "RequestRecompute  http POST shops/{shop}/recompute, Function",
                "ReserveIncentive  http POST shops/{shop}/budgets/{budget}/reservations, Function",
                "RevertSlots  http POST crm/product-slots/{id}/revert, Function",
                "ReviewAnswers  timer 0 */10 * * * *",
                "RollUpMetrics  timer 0 */15 * * * *",
                "RollUpShop  queue rollup-due",
                "RunBackfill  queue backfill-due",
                "RunImport  queue import-requested",
                "SetProductTerms  http POST shops/{shop}/product-terms, Function",
                "ShopifyWebhook  http POST shopify/webhooks, Anonymous",
                "SignIn  http GET dashboard/sign-in, Anonymous",
                "StartBackfill  http POST shops/{shop}/backfill, Function",
                "StartImport  http POST orders/import, Function",
                "StopShop  queue app-uninstalled",
                "StripeWebhook  http POST billing/stripe/{shop}, Anonymous",
                "TellPurchases  queue purchases-imported",
                "TrainModel  queue model-due",
                "Unsubscribe  http POST email/unsubscribe/{token}, Anonymous",
                "UnsubscribePage  http GET email/unsubscribe/{token}, Anonymous",
                "WatchHealth  timer 0 */5 * * * *",
                "WithdrawDecision  http DELETE affinity/decisions, Function",
            ],
            host.Services.GetRequiredService<FunctionCatalog>().Functions.Select(Declaration));
    }

    [Fact]
    public async Task Functions_OfTheApp_CanAllBeActivated()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        await using var scope = host.Services.CreateAsyncScope();

        foreach (var function in host.Services.GetRequiredService<FunctionCatalog>().Functions.Where(function => !function.Method.IsStatic))
        {
            Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Method.DeclaringType!));
        }
    }

    [Fact]
    public async Task Host_OfTheApp_StopsOnSignals()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        Assert.IsType<ConsoleLifetime>(host.Services.GetRequiredService<IHostLifetime>());
    }

    private static string Declaration(FunctionDescriptor function) => $"{function.Name}  " + function switch
    {
        HttpFunction http => $"http {string.Join(' ', http.Methods)} {http.Route}, {http.Level}",
        QueueFunction queue => $"queue {queue.Queue}",
        TimerFunction timer => $"timer {timer.Schedule}",
        _ => function.Trigger,
    };
}
