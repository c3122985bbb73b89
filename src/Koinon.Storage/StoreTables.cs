namespace Koinon.Storage;

/// <summary>The tables a store was opened with, each with its place.</summary>
internal sealed class StoreTables
{
    private readonly Dictionary<StoreTable, int> _places;
    private readonly StoreTable[] _tables;

    public StoreTables(IReadOnlyList<StoreTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        _tables = new StoreTable[tables.Count];
        _places = new Dictionary<StoreTable, int>(tables.Count);
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < tables.Count; i++)
        {
            ArgumentException.ThrowIfNullOrEmpty(tables[i].Name, nameof(tables));
            if (!names.Add(tables[i].Name))
            {
                throw new ArgumentException($"two tables are called '{tables[i].Name}'", nameof(tables));
            }

            _tables[i] = tables[i];
            _places.Add(tables[i], i);
        }
    }

    public int Count => _tables.Length;

    public StoreTable this[int place] => _tables[place];

    public int PlaceOf(StoreTable table) => _places.TryGetValue(table, out int place)
        ? place
        : throw new ArgumentException($"the store was not opened with the table '{table}'", nameof(table));
}
