using Expansion.Connectors.Billing;
using Expansion.Connectors.Csv;
using Expansion.Connectors.Email;
using Expansion.Connectors.Mcp;
using Expansion.Connectors.Odoo;
using Expansion.Connectors.Shopify;
using Expansion.Connectors.Webhooks;
using Expansion.Engine.Offers;
using Expansion.Engine.Outbox;
using Expansion.Functions.Affinity;
using Expansion.Functions.Catalogue;
using Expansion.Functions.Compliance;
using Expansion.Functions.Crm;
using Expansion.Functions.Email;
using Expansion.Functions.Experiments;
using Expansion.Functions.Mcp;
using Expansion.Functions.Metrics;
using Expansion.Functions.Offers;
using Expansion.Functions.Operations;
using Expansion.Functions.Orders;
using Expansion.Functions.Outbox;
using Expansion.Functions.Outcomes;
using Expansion.Functions.Pricing;
using Expansion.Functions.Recommendations;
using Expansion.Functions.Shopify;
using Expansion.Functions.Storefront;
using Expansion.Functions.Timing;
using Expansion.Functions.Webhooks;
using Expansion.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Expansion.Functions;

/// <summary>The whole app in one screen. Both hosts and the command compose it here and nowhere else.</summary>
public static class AppServices
{
    public static IServiceCollection AddExpansion(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<RecomputeOptions>().Bind(configuration.GetSection(RecomputeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ServingOptions>().Bind(configuration.GetSection(ServingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TrainingOptions>().Bind(configuration.GetSection(TrainingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddMcp(configuration).AddTools();
        return services
            .AddStorage(configuration)
            .AddShopify(configuration)
            .AddWebhooks(configuration)
            .AddBilling(configuration)
            .AddOdoo(configuration)
            .AddEmail(configuration)
            .AddSingleton<IOutboxChannel, AlertMails>()
            .AddSingleton<IOutboxChannel, OfferMails>()
            .AddSingleton<MailingList>()
            .AddOrderFiles()
            .AddSingleton<ExperimentReadings>()
            .AddSingleton<ExperimentSteps>()
            .AddSingleton<IExperimentArms, RunningArms>()
            .AddSingleton<MetricReader>()
            .AddSingleton<MetricAlarm>()
            .AddSingleton<MetricHistory>()
            .AddSingleton<MonthClose>()
            .AddSingleton<MetricRollUp>()
            .AddSingleton<PlanMovements>()
            .AddSingleton<RecurringBooks>()
            .AddSingleton<OutcomeBook>()
            .AddSingleton<OutcomeInbox>()
            .AddOperations(configuration)
            .AddSingleton<EventAnnouncer>()
            .AddSingleton<OfferDispatch>()
            .AddSingleton<OpportunityOutbox>()
            .AddSingleton<SlotReview>()
            .AddSingleton<EventIntake>()
            .AddSingleton<OutboxSender>()
            .AddSingleton<Erasures>()
            .AddSingleton<PersonOrders>()
            .AddSingleton<CustomerErasure>()
            .AddSingleton<MonthFold>()
            .AddSingleton<ImportInbox>()
            .AddSingleton<ImportOrders>()
            .AddSingleton<WindowReader>()
            .AddSingleton<PairDecider>()
            .AddSingleton<ShopPairsReader>()
            .AddSingleton<PairExplainer>()
            .AddSingleton<GenerationScorer>()
            .AddSingleton<GenerationWriter>()
            .AddSingleton<CatalogueWriter>()
            .AddSingleton<ImportProductFile>()
            .AddSingleton<ModelTraining>()
            .AddSingleton<ServedShopReader>()
            .AddSingleton<ServingCache>()
            .AddSingleton<ShopRecommender>()
            .AddSingleton<RecomputeProgress>()
            .AddSingleton<ShopRecompute>()
            .AddSingleton<PricingDocumentRequests>()
            .AddSingleton<IncentiveLedger>()
            .AddSingleton<ShopBundles>()
            .AddSingleton<ShopTimings>()
            .AddSingleton<SignalInbox>()
            .AddSingleton<OptOuts>()
            .AddSingleton<SignalEvaluation>()
            .AddSingleton<SignalHistory>()
            .AddSingleton<AffinityCandidates>()
            .AddSingleton<IOfferCandidates, RankedCandidates>()
            .AddSingleton<OfferDecisions>()
            .AddSingleton<NextOffers>()
            .AddSingleton<BackfillStep>()
            .AddSingleton<ComplementaryLists>()
            .AddSingleton<StorefrontCalls>()
            .AddSingleton<StorefrontShelf>();
    }
}
