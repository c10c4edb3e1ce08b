using System.Globalization;
using DuckDB.NET.Data;

// The same work as `expansion bench mining`, by SQL in DuckDB. Items below the minimum are dropped before the join, which is to its advantage.
if (args is not [var baskets, var minCount, var output])
{
    Console.Error.WriteLine("usage: DuckDbPairs FILE MIN_COUNT OUT");
    return 1;
}

var least = int.Parse(minCount, CultureInfo.InvariantCulture);
using var connection = new DuckDBConnection("Data Source=:memory:");
connection.Open();
using var command = connection.CreateCommand();
command.CommandText = $$"""
    CREATE TABLE items AS
      SELECT DISTINCT basket, unnest(string_split(trim(line), ' '))::INTEGER AS item
      FROM (SELECT row_number() OVER () AS basket, line
            FROM read_csv({{Text(baskets)}}, columns = {'line': 'VARCHAR'}, header = false, delim = '\t', quote = '', escape = ''));
    CREATE TABLE kept AS SELECT * FROM items WHERE item IN (SELECT item FROM items GROUP BY item HAVING count(*) >= {{least}});
    COPY (SELECT x.item, y.item, count(*) FROM kept x JOIN kept y ON x.basket = y.basket AND x.item < y.item GROUP BY ALL HAVING count(*) >= {{least}})
      TO {{Text(output)}} (FORMAT csv, DELIMITER ' ', HEADER false);
    """;
command.ExecuteNonQuery();
return 0;

static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
