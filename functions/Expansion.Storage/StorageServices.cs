using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Compliance;
using Expansion.Engine.Contacts;
using Expansion.Engine.Crm;
using Expansion.Engine.Experiments;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Operations;
using Expansion.Engine.Orders;
using Expansion.Engine.Outbox;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Webhooks;
using Expansion.Storage.Compliance;
using Expansion.Storage.Queues;
using Expansion.Storage.Segments;
using Expansion.Storage.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Storage;

/// <summary>Every store there is, on the storage account that the setting AzureWebJobsStorage names (<see cref="StorageAccount"/>).</summary>
public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var account = new StorageAccount(configuration);
        services.AddSingleton(_ => account.Tables());
        services.AddSingleton(_ => account.Blobs());
        services.AddSingleton(_ => account.Queues());

        services.AddSingleton<IShopStore, ShopTable>();
        services.AddSingleton<CatalogueTable>();
        services.AddSingleton<ICatalogueStore>(provider => provider.GetRequiredService<CatalogueTable>());
        services.AddSingleton<IProductStore>(provider => provider.GetRequiredService<CatalogueTable>());
        services.AddSingleton<IProductTermsStore>(provider => provider.GetRequiredService<CatalogueTable>());
        services.AddSingleton<IDeliveryStore, DeliveryTable>();
        services.AddSingleton<IOrderStore, OrderTable>();
        services.AddSingleton<IExperimentStore, ExperimentTable>();
        services.AddSingleton<IExposureStore, ExposureTable>();
        services.AddSingleton<IJournalStore, JournalTable>();
        services.AddSingleton<IMetricStore, MetricTable>();
        services.AddSingleton<IOutcomeStore, OutcomeTable>();
        services.AddSingleton<IPlanHistoryStore, PlanHistoryTable>();
        services.AddSingleton<IAffinityStore, AffinityTable>();
        services.AddSingleton<IRecomputeStatusStore, RecomputeTable>();
        services.AddSingleton<IPairDecisionStore, PairDecisionTable>();
        services.AddSingleton<IImportStore, ImportTable>();
        services.AddSingleton<IPricingDocuments, PricingTable>();
        services.AddSingleton<IPriceHistoryStore, PriceHistoryTable>();
        services.AddSingleton<IOutboxStore, OutboxTable>();
        services.AddSingleton<IContactStore, ContactTable>();
        services.AddSingleton<IMailSuppressionStore, MailSuppressionTable>();
        services.AddSingleton<ICursorStore, CursorTable>();
        services.AddSingleton<ISlotChangeStore, SlotChangeTable>();
        services.AddSingleton<IWebhookEndpointStore, WebhookEndpointTable>();
        services.AddSingleton<IRecurringRevenueStore, RecurringRevenueTable>();

        services.AddSingleton<ICustomerStore, CustomerTable>();
        services.AddSingleton<IShopTimingStore, SignalSettingsTable>();
        services.AddSingleton<ISignalRates, SignalRateTable>();
        services.AddSingleton<IAnswerCounts, OfferAnswerTable>();
        services.AddSingleton<IRuleStore, RuleTable>();
        services.AddSingleton<IOfferLedger, OfferTable>();
        services.AddSingleton<IOfferSchedule, OfferScheduleTable>();

        services.AddSingleton<ISignalLog, SignalLog>();
        services.AddSingleton<IMonthDigests, MonthDigests>();
        services.AddSingleton<IModelStore, ModelStore>();
        services.AddSingleton<IPairFiles, PairFiles>();
        services.AddSingleton<IRecomputeRuns, RecomputeRuns>();
        services.AddSingleton<IBasketSegments, BasketSegments>();
        services.AddSingleton<IImportFiles, ImportFiles>();
        services.AddSingleton<IMessageQueue, MessageQueue>();
        services.AddSingleton<IInbox, Inbox>();
        services.AddSingleton<IPoisonQueues>(_ => new PoisonQueues(account.Queues(QueueMessageEncoding.None)));
        services.AddSingleton<IQueueAges>(_ => new QueueAges(account.Queues(QueueMessageEncoding.None)));

        services.AddSingleton<IBackfillStore, BackfillTable>();
        services.AddSingleton<IPublishedLists, PublishedListTable>();
        services.AddSingleton<IStockStore, StockTable>();
        services.AddSingleton<ISubscriptionContracts, SubscriptionContractTable>();

        services.AddSingleton<IErasedStore, ErasedTable>();
        services.AddSingleton<IComplianceFiles, ComplianceFiles>();
        services.AddSingleton<IPersonalRecords>(provider => ActivatorUtilities.CreateInstance<PersonalRecords>(provider, account.Queues(QueueMessageEncoding.None)));
        services.AddSingleton<IShopRecords>(provider => ActivatorUtilities.CreateInstance<ShopRecords>(provider, account.Queues(QueueMessageEncoding.None)));
        return services;
    }
}
