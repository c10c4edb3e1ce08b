namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>order_id,role: which orders may be learned from. All but those of the role "test" may.</summary>
internal static class RolesFile
{
    public static HashSet<string> ReadTest(FileInfo file)
    {
        using var table = new CsvTable(file);
        table.Require("order_id", "role");
        var test = new HashSet<string>();
        while (table.Read())
        {
            var role = table.Required("role");
            if (role is not ("train" or "val" or "test"))
            {
                throw table.Wrong($"role '{role}' is none of train, val, test");
            }

            if (role == "test")
            {
                test.Add(table.Required("order_id"));
            }
        }

        return test;
    }
}
