namespace Expansion.Engine.Samples;

/// <summary>
/// What the sample shop sells: brands are invented, prices are in USD, costs 35 to 60 % of them. The table is all there is to edit.
/// <c>whim</c> is per 1,000 orders; <c>ladder</c> is a name and a step.
/// </summary>
public static class SampleCatalogue
{
    private static readonly Dictionary<string, string> Vendors = new()
    {
        ["Nordhafen"] = "Nordhafen Roasters",
        ["Casa Lumen"] = "Nordhafen Roasters",
        ["Teehaus Amsel"] = "Amsel Tea Import",
        ["Miel & Noix"] = "Fine Pantry Wholesale",
        ["Oatlund"] = "Fine Pantry Wholesale",
        ["Klarwerk"] = "Klarwerk Care",
        ["Tidewater"] = "Brewline Trading",
        ["Forno Azul"] = "Brewline Trading",
        ["Mahlmeister"] = "Brewline Trading",
        ["Atelier Brume"] = "Brume Ceramics",
        ["Kobo & Son"] = "Kobo Kitchenware",
    };

    public static IReadOnlyList<SampleProduct> Products { get; } =
    [
        .. Consumables(
            "Coffee beans",
            Item("COF-HOUSE-250", "Hafenlicht House Espresso 250 g", "Nordhafen", 10.90m, 4.90m, whim: 5, fans: 5, refill: 16, ladder: "House Espresso 1", tags: "espresso dark"),
            Item("COF-HOUSE-1K", "Hafenlicht House Espresso 1 kg", "Nordhafen", 34.90m, 17.80m, whim: 6, fans: 40, refill: 30, ladder: "House Espresso 2", tags: "espresso dark"),
            Item("COF-GUJI-250", "Ethiopia Guji Washed 250 g", "Nordhafen", 15.90m, 7.20m, whim: 8, fans: 20, refill: 18, ladder: "Ethiopia Guji 1", tags: "filter light floral"),
            Item("COF-GUJI-1K", "Ethiopia Guji Washed 1 kg", "Nordhafen", 52.00m, 27.50m, whim: 1, fans: 2, refill: 40, ladder: "Ethiopia Guji 2", tags: "filter light floral"),
            Item("COF-SANTOS-250", "Brazil Santos Natural 250 g", "Casa Lumen", 9.90m, 4.30m, whim: 4, fans: 3, refill: 16, ladder: "Brazil Santos 1", tags: "espresso nutty"),
            Item("COF-SANTOS-1K", "Brazil Santos Natural 1 kg", "Casa Lumen", 31.90m, 15.60m, whim: 4, fans: 32, refill: 32, ladder: "Brazil Santos 2", tags: "espresso nutty"),
            Item("COF-HUILA-250", "Colombia Huila Pink Bourbon 250 g", "Nordhafen", 16.90m, 7.80m, whim: 7, fans: 18, refill: 20, ladder: "Colombia Huila 1", tags: "filter fruity"),
            Item("COF-HUILA-1K", "Colombia Huila Pink Bourbon 1 kg", "Nordhafen", 56.00m, 30.20m, whim: 1, fans: 2, refill: 42, ladder: "Colombia Huila 2", tags: "filter fruity"),
            Item("COF-NYERI-250", "Kenya Nyeri AA 250 g", "Nordhafen", 17.90m, 8.60m, whim: 6, fans: 2, refill: 21, ladder: "Kenya Nyeri 1", tags: "filter bright"),
            Item("COF-NYERI-1K", "Kenya Nyeri AA 1 kg", "Nordhafen", 59.00m, 32.40m, whim: 1, fans: 1, refill: 45, ladder: "Kenya Nyeri 2", tags: "filter bright"),
            Item("COF-DECAF-250", "Mountain Water Decaf 250 g", "Casa Lumen", 13.90m, 6.60m, whim: 5, fans: 19, refill: 21, ladder: "Mountain Water Decaf 1", tags: "decaf"),
            Item("COF-DECAF-1K", "Mountain Water Decaf 1 kg", "Casa Lumen", 44.90m, 23.30m, whim: 1, fans: 2, refill: 45, ladder: "Mountain Water Decaf 2", tags: "decaf"),
            Item("COF-MANDHELING-250", "Sumatra Mandheling 250 g", "Casa Lumen", 12.90m, 5.90m, whim: 4, fans: 2, refill: 18, ladder: "Sumatra Mandheling 1", tags: "dark earthy"),
            Item("COF-MANDHELING-1K", "Sumatra Mandheling 1 kg", "Casa Lumen", 41.90m, 21.40m, whim: 1, fans: 2, refill: 38, ladder: "Sumatra Mandheling 2", tags: "dark earthy"),
            Item("COF-ANTIGUA-250", "Guatemala Antigua 250 g", "Casa Lumen", 13.90m, 6.40m, whim: 5, fans: 3, refill: 18, ladder: "Guatemala Antigua 1", tags: "filter chocolate"),
            Item("COF-ANTIGUA-1K", "Guatemala Antigua 1 kg", "Casa Lumen", 45.90m, 24.00m, whim: 1, fans: 2, refill: 40, ladder: "Guatemala Antigua 2", tags: "filter chocolate"),
            Item("COF-MOGIANA-1K", "Café Mogiana Crema 1 kg", "Casa Lumen", 28.90m, 14.40m, whim: 2, fans: 3, refill: 32, tags: "crema mild"),
            Item("COF-SIDAMO-250", "Ethiopia Sidamo Honey 250 g", "Nordhafen", 16.90m, 7.90m, whim: 5, fans: 2, refill: 19, tags: "filter sweet"),
            Item("COF-TARRAZU-250", "Costa Rica Tarrazú 250 g", "Nordhafen", 15.90m, 7.30m, whim: 4, fans: 2, refill: 20, tags: "filter citrus"),
            Item("COF-GESHA-100", "Panama Gesha Lot 7 100 g", "Nordhafen", 29.90m, 16.90m, whim: 3, tags: "filter rare"),
            Item("COF-NAPOLI-1K", "Napoli Forte Robusta Blend 1 kg", "Casa Lumen", 26.90m, 13.10m, whim: 2, fans: 4, refill: 28, tags: "espresso robusta"),
            Item("COF-MALABAR-250", "Monsooned Malabar 250 g", "Casa Lumen", 13.90m, 6.10m, whim: 3, tags: "dark spicy"),
            Item("COF-TASTING-5", "Tasting Box Five Origins 5 × 60 g", "Nordhafen", 24.90m, 12.20m, whim: 10, tags: "gift tasting"),
            Item("COF-DRIP-10", "Single-Serve Drip Bags, 10", "Nordhafen", 18.90m, 8.30m, whim: 7, tags: "filter travel")),
        .. Consumables(
            "Tea and chocolate",
            Item("TEA-MATCHA-80", "Uji Matcha Ceremonial 80 g", "Teehaus Amsel", 28.90m, 14.50m, whim: 80, tags: "matcha green"),
            Item("TEA-CHAI-1L", "Masala Chai Concentrate 1 l", "Teehaus Amsel", 14.90m, 6.20m, whim: 75, tags: "chai spiced"),
            Item("TEA-EARL-100", "Earl Grey Bergamotto 100 g", "Teehaus Amsel", 9.90m, 3.90m, whim: 10, tags: "black"),
            Item("TEA-SENCHA-100", "Sencha Kagoshima 100 g", "Teehaus Amsel", 13.90m, 6.10m, whim: 8, tags: "green"),
            Item("TEA-ROOIBOS-100", "Rooibos Vanille 100 g", "Teehaus Amsel", 8.90m, 3.20m, whim: 8, tags: "caffeine-free"),
            Item("TEA-MINT-60", "Moroccan Mint 60 g", "Teehaus Amsel", 7.90m, 2.90m, whim: 9, tags: "herbal"),
            Item("TEA-OOLONG-80", "Tie Guan Yin Oolong 80 g", "Teehaus Amsel", 16.90m, 7.70m, whim: 6, tags: "oolong"),
            Item("TEA-HIBISCUS-90", "Hibiscus & Orange Peel 90 g", "Teehaus Amsel", 7.90m, 2.80m, whim: 6, tags: "herbal fruit"),
            Item("CHO-DRINK-300", "Drinking Chocolate 68 % 300 g", "Miel & Noix", 12.90m, 5.50m, whim: 14, tags: "cocoa"),
            Item("CHO-NIBS-150", "Roasted Cacao Nibs 150 g", "Miel & Noix", 8.90m, 3.90m, whim: 6, tags: "cocoa")),
        .. Consumables(
            "Pantry",
            Item("PAN-OAT-6", "Barista Oat Drink 6 × 1 l", "Oatlund", 16.90m, 9.10m, whim: 14, tags: "vegan milk"),
            Item("PAN-ALMOND-6", "Barista Almond Drink 6 × 1 l", "Oatlund", 19.90m, 11.20m, whim: 9, tags: "vegan milk"),
            Item("PAN-CANTUCCINI", "Cantuccini alle Mandorle 200 g", "Miel & Noix", 6.90m, 2.80m, whim: 14, tags: "biscuits"),
            Item("PAN-CHOC-SALT", "Dark Chocolate & Fleur de Sel 80 g", "Miel & Noix", 4.90m, 2.10m, whim: 15, tags: "chocolate"),
            Item("PAN-AGAVE", "Agave Syrup 350 ml", "Miel & Noix", 7.90m, 3.10m, whim: 9, tags: "syrup vegan"),
            Item("PAN-VANILLA", "Bourbon Vanilla Syrup 500 ml", "Miel & Noix", 11.90m, 4.80m, whim: 12, tags: "syrup"),
            Item("PAN-CARAMEL", "Salted Caramel Syrup 500 ml", "Miel & Noix", 11.90m, 4.80m, whim: 11, tags: "syrup"),
            Item("PAN-SUGAR", "Raw Cane Sugar Cubes 500 g", "Miel & Noix", 4.90m, 1.80m, whim: 10, tags: "sugar"),
            Item("PAN-STROOP", "Stroopwafels, Tin of 8", "Miel & Noix", 9.90m, 4.20m, whim: 12, tags: "biscuits"),
            Item("PAN-SHORTBREAD", "Butter Shortbread Fingers 180 g", "Miel & Noix", 5.90m, 2.40m, whim: 10, tags: "biscuits"),
            Item("PAN-GALETTES", "Galettes Bretonnes 150 g", "Miel & Noix", 5.90m, 2.30m, whim: 8, tags: "biscuits"),
            Item("PAN-HONEY", "Linden Blossom Honey 500 g", "Miel & Noix", 9.90m, 4.90m, whim: 7, tags: "honey")),
        .. Consumables(
            "Filters and care",
            Item("CAR-CONE-02", "Cone Filter Papers 02, 100", "Tidewater", 7.90m, 2.90m, whim: 14, tags: "filter paper"),
            Item("CAR-PAPER-4", "Paper Filters No. 4, 200", "Tidewater", 6.90m, 2.50m, whim: 3, fans: 26, refill: 70, tags: "filter paper"),
            Item("CAR-SQUARE", "Square Filters for Carafe, 100", "Tidewater", 11.90m, 4.70m, whim: 4, tags: "filter paper"),
            Item("CAR-PRESS-350", "Press Micro-Filters, 350", "Tidewater", 8.90m, 3.20m, whim: 5, tags: "filter paper"),
            Item("CAR-TABS-100", "Espresso Machine Cleaning Tablets, 100", "Klarwerk", 14.90m, 5.60m, whim: 14, tags: "care espresso"),
            Item("CAR-DESCALER", "Citric Descaler 1 l", "Klarwerk", 12.90m, 4.90m, whim: 3, fans: 18, refill: 90, tags: "care espresso"),
            Item("CAR-PELLETS", "Grinder Cleaning Pellets 430 g", "Klarwerk", 18.90m, 7.90m, whim: 4, tags: "care grinder"),
            Item("CAR-WATER-2", "Water Filter Cartridges, 2", "Klarwerk", 21.90m, 10.20m, whim: 3, fans: 14, refill: 60, tags: "care water"),
            Item("CAR-MILK-1L", "Milk System Cleaner 1 l", "Klarwerk", 13.90m, 5.30m, whim: 7, tags: "care milk"),
            Item("CAR-BRUSH", "Grinder Brush, Boar Bristle", "Klarwerk", 8.90m, 3.40m, whim: 6, tags: "care grinder"),
            Item("CAR-CLOTH-3", "Barista Cloths, Set of 3", "Klarwerk", 12.90m, 4.90m, whim: 9, tags: "care")),
        .. Durables(
            "Brewers",
            Item("BRW-CONE-1", "Cone Dripper, Plastic", "Tidewater", 9.90m, 3.80m, whim: 9, ladder: "Cone Dripper 1", tags: "pour-over"),
            Item("BRW-CONE-2", "Cone Dripper, Ceramic", "Tidewater", 26.90m, 11.80m, whim: 12, ladder: "Cone Dripper 2", tags: "pour-over"),
            Item("BRW-CONE-3", "Cone Dripper, Hammered Copper", "Tidewater", 64.00m, 31.00m, whim: 4, ladder: "Cone Dripper 3", tags: "pour-over"),
            Item("BRW-CARAFE-3", "Hourglass Carafe 3 Cups", "Tidewater", 44.90m, 20.30m, whim: 10, ladder: "Hourglass Carafe 1", tags: "pour-over"),
            Item("BRW-CARAFE-6", "Hourglass Carafe 6 Cups", "Tidewater", 54.90m, 25.60m, whim: 7, ladder: "Hourglass Carafe 2", tags: "pour-over"),
            Item("BRW-PRESS-350", "French Press 350 ml", "Tidewater", 24.90m, 10.40m, whim: 7, ladder: "French Press 1", tags: "immersion"),
            Item("BRW-PRESS-1L", "French Press 1 l, Double Wall", "Tidewater", 49.90m, 23.10m, whim: 14, ladder: "French Press 2", tags: "immersion"),
            Item("BRW-MOKA-3", "Moka Pot 3 Cups", "Forno Azul", 29.90m, 13.20m, whim: 10, ladder: "Moka Pot 1", tags: "stovetop"),
            Item("BRW-MOKA-6", "Moka Pot 6 Cups", "Forno Azul", 38.90m, 17.90m, whim: 7, ladder: "Moka Pot 2", tags: "stovetop"),
            Item("BRW-PLUNGER", "Travel Press with Micro-Filter", "Tidewater", 39.90m, 17.40m, whim: 8, tags: "immersion travel"),
            Item("BRW-SIPHON", "Glass Siphon Brewer", "Tidewater", 119.00m, 61.00m, whim: 2, tags: "siphon")),
        .. Durables(
            "Espresso machines",
            Item("ESP-BASIC", "Forno Uno Espresso Machine", "Forno Azul", 249.00m, 139.00m, whim: 7, ladder: "Forno 1", tags: "espresso machine"),
            Item("ESP-PLUS", "Forno Due Espresso Machine with PID", "Forno Azul", 549.00m, 312.00m, whim: 9, ladder: "Forno 2", tags: "espresso machine pid"),
            Item("ESP-PRO", "Forno Tre Dual Boiler", "Forno Azul", 1290.00m, 760.00m, whim: 4, ladder: "Forno 3", tags: "espresso machine dual-boiler")),
        .. Durables(
            "Grinders",
            Item("GRD-HAND-1", "Hand Grinder Basic", "Mahlmeister", 39.90m, 17.80m, whim: 14, ladder: "Hand Grinder 1", tags: "grinder hand"),
            Item("GRD-HAND-2", "Hand Grinder Plus, Steel Burrs", "Mahlmeister", 89.00m, 42.00m, whim: 7, ladder: "Hand Grinder 2", tags: "grinder hand"),
            Item("GRD-HAND-3", "Hand Grinder Pro, Titanium Burrs", "Mahlmeister", 169.00m, 86.00m, whim: 2, ladder: "Hand Grinder 3", tags: "grinder hand"),
            Item("GRD-EL-1", "Electric Burr Grinder Basic", "Mahlmeister", 119.00m, 64.00m, whim: 6, ladder: "Electric Grinder 1", tags: "grinder electric"),
            Item("GRD-EL-2", "Electric Burr Grinder Plus, 64 mm", "Mahlmeister", 299.00m, 165.00m, whim: 10, ladder: "Electric Grinder 2", tags: "grinder electric"),
            Item("GRD-EL-3", "Electric Burr Grinder Pro, Weigh-by-Dose", "Mahlmeister", 649.00m, 372.00m, whim: 2, ladder: "Electric Grinder 3", tags: "grinder electric")),
        .. Durables(
            "Barista tools",
            Item("BAR-TAMPER", "Tamper 58 mm, Walnut", "Mahlmeister", 44.90m, 19.80m, whim: 4, tags: "espresso"),
            Item("BAR-KNOCK", "Knock Box, Oak", "Mahlmeister", 34.90m, 15.20m, whim: 4, tags: "espresso"),
            Item("BAR-LEVEL", "Levelling Tool 58 mm", "Mahlmeister", 29.90m, 12.60m, whim: 5, tags: "espresso"),
            Item("BAR-MAT", "Tamping Mat, Silicone", "Mahlmeister", 16.90m, 6.40m, whim: 6, tags: "espresso"),
            Item("BAR-JUG-350", "Milk Jug 350 ml", "Forno Azul", 22.90m, 9.70m, whim: 14, ladder: "Milk Jug 1", tags: "milk latte-art"),
            Item("BAR-JUG-600", "Milk Jug 600 ml", "Forno Azul", 27.90m, 12.10m, whim: 7, ladder: "Milk Jug 2", tags: "milk latte-art"),
            Item("BAR-THERMO", "Milk Thermometer", "Forno Azul", 14.90m, 5.90m, whim: 4, tags: "milk"),
            Item("BAR-FROTHER", "Handheld Milk Frother", "Forno Azul", 19.90m, 8.20m, whim: 9, tags: "milk"),
            Item("BAR-SCALE-1", "Brew Scale with Timer", "Mahlmeister", 39.90m, 17.50m, whim: 6, ladder: "Brew Scale 1", tags: "scale"),
            Item("BAR-SCALE-2", "Brew Scale Pro, Bluetooth", "Mahlmeister", 129.00m, 67.00m, whim: 3, ladder: "Brew Scale 2", tags: "scale"),
            Item("BAR-WHISK", "Bamboo Matcha Whisk", "Teehaus Amsel", 18.90m, 7.60m, whim: 7, tags: "matcha")),
        .. Durables(
            "Cups and glasses",
            Item("CUP-CREME", "Café crème bowl", "Atelier Brume", 18.90m, 7.90m, whim: 16, tags: "stoneware"),
            Item("CUP-ESP-4", "Espresso Cups, Set of 4", "Atelier Brume", 39.90m, 17.10m, whim: 11, tags: "stoneware set"),
            Item("CUP-CAP-2", "Cappuccino Cups, Set of 2", "Atelier Brume", 34.90m, 14.90m, whim: 10, tags: "stoneware set"),
            Item("CUP-LATTE-2", "Latte Glasses, Double Wall, Set of 2", "Atelier Brume", 29.90m, 12.80m, whim: 9, tags: "glass set"),
            Item("CUP-MUG-RAW", "Mug “Brume”, Raw Clay 300 ml", "Atelier Brume", 21.90m, 9.20m, whim: 11, tags: "stoneware"),
            Item("CUP-MUG-BLUE", "Mug “Brume”, Ink Blue 300 ml", "Atelier Brume", 21.90m, 9.20m, whim: 10, tags: "stoneware"),
            Item("CUP-MATCHA", "Matcha Bowl, Kohiki Glaze", "Atelier Brume", 36.90m, 15.80m, whim: 6, tags: "stoneware matcha"),
            Item("CUP-CORTADO-4", "Cortado Glasses, Set of 4", "Atelier Brume", 24.90m, 10.10m, whim: 8, tags: "glass set"),
            Item("CUP-TRAVEL-350", "Travel Mug 350 ml", "Kobo & Son", 29.90m, 13.10m, whim: 11, ladder: "Travel Mug 1", tags: "travel"),
            Item("CUP-TRAVEL-500", "Travel Mug 500 ml", "Kobo & Son", 34.90m, 15.70m, whim: 8, ladder: "Travel Mug 2", tags: "travel"),
            Item("CUP-SPOONS-6", "Espresso Spoons, Set of 6", "Kobo & Son", 19.90m, 8.30m, whim: 7, tags: "cutlery set")),
        .. Durables(
            "Kitchen",
            Item("KIT-KETTLE-1", "Gooseneck Kettle, Stovetop", "Kobo & Son", 49.90m, 23.40m, whim: 8, ladder: "Gooseneck Kettle 1", tags: "kettle"),
            Item("KIT-KETTLE-2", "Gooseneck Kettle, Electric", "Kobo & Son", 99.00m, 51.00m, whim: 11, ladder: "Gooseneck Kettle 2", tags: "kettle"),
            Item("KIT-KETTLE-3", "Gooseneck Kettle, Variable Temperature", "Kobo & Son", 159.00m, 84.00m, whim: 4, ladder: "Gooseneck Kettle 3", tags: "kettle"),
            Item("KIT-KNIFE", "Chef's Knife 20 cm", "Kobo & Son", 89.00m, 43.00m, whim: 11, tags: "knife"),
            Item("KIT-STONE", "Whetstone 1000/3000", "Kobo & Son", 42.90m, 18.90m, whim: 3, tags: "knife"),
            Item("KIT-BOARD", "Cutting Board, Olive Wood", "Kobo & Son", 39.90m, 17.60m, whim: 8, tags: "wood"),
            Item("KIT-TIN-250", "Storage Tin 250 g", "Kobo & Son", 14.90m, 6.10m, whim: 11, ladder: "Storage Tin 1", tags: "storage"),
            Item("KIT-TIN-1K", "Vacuum Canister 1 kg", "Kobo & Son", 34.90m, 15.40m, whim: 9, ladder: "Storage Tin 2", tags: "storage"),
            Item("KIT-APRON", "Barista Apron, Waxed Cotton", "Kobo & Son", 59.00m, 26.00m, whim: 6, tags: "textile"),
            Item("KIT-TOWELS-3", "Linen Tea Towels, Set of 3", "Kobo & Son", 27.90m, 11.60m, whim: 9, tags: "textile set"),
            Item("KIT-TRAY", "Serving Tray, Smoked Oak", "Kobo & Son", 44.90m, 20.20m, whim: 6, tags: "wood")),
        .. Seasonal(
            "Winter",
            SampleSeason.Winter,
            Item("WIN-BLEND-250", "Winterzauber Blend 250 g", "Nordhafen", 12.90m, 5.70m, whim: 190, tags: "christmas espresso"),
            Item("WIN-CALENDAR", "Coffee Advent Calendar, 24 Origins", "Nordhafen", 59.00m, 29.50m, whim: 170, tags: "christmas gift"),
            Item("WIN-GIFTBOX", "Gift Set “Feiertage”: Beans, Cup, Chocolate", "Nordhafen", 49.00m, 24.00m, whim: 160, tags: "christmas gift"),
            Item("WIN-SPEKULATIUS", "Almond Spekulatius 250 g", "Miel & Noix", 6.90m, 2.90m, whim: 180, tags: "christmas biscuits")),
        .. Seasonal(
            "Summer",
            SampleSeason.Summer,
            Item("SUM-COLDBREW-6", "Cold Brew Bags, 6", "Nordhafen", 16.90m, 7.40m, whim: 190, tags: "iced coffee"),
            Item("SUM-TONIC-12", "Espresso Tonic 12 × 200 ml", "Oatlund", 19.90m, 9.80m, whim: 170, tags: "iced tonic"),
            Item("SUM-GLASSES-4", "Iced Coffee Glasses, Set of 4", "Atelier Brume", 32.90m, 14.10m, whim: 150, tags: "iced glass set")),
    ];

    private static IEnumerable<SampleProduct> Consumables(string type, params SampleProduct[] items) =>
        items.Select(item => item with { Type = type, Consumable = true });

    private static IEnumerable<SampleProduct> Durables(string type, params SampleProduct[] items) => items.Select(item => item with { Type = type });

    /// <summary>Christmas presents are bought more than once, so seasonal products count as consumed whatever they are made of.</summary>
    private static IEnumerable<SampleProduct> Seasonal(string type, SampleSeason season, params SampleProduct[] items) =>
        Consumables(type, items).Select(item => item with { Demand = item.Demand with { Season = season } });

    private static SampleProduct Item(
        string sku, string title, string brand, decimal price, decimal cost, double whim, double fans = 0, int refill = 0, string? ladder = null, string tags = "") =>
        new(new Sku(sku), title, "", brand, price, cost)
        {
            Vendor = Vendors[brand],
            Tags = tags.Split(' '),
            Tier = ladder is null ? null : new SampleTier(ladder[..^2], ladder[^1] - '0'),
            Demand = new SampleDemand(whim / 1000, fans, refill, SampleSeason.Always),
        };
}
