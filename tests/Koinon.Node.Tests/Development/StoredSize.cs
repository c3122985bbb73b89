using Koinon.Chain.Ledger;
using Koinon.Storage;

namespace Koinon.Node.Tests.Development;

/// <summary>What a chain stores, whatever the store makes of it: the bytes of all keys and values.</summary>
internal static class StoredSize
{
    public static long Of(IStore store)
    {
        long bytes = 0;
        using IReadTransaction transaction = store.BeginRead();
        foreach (StoreTable table in LedgerTables.All)
        {
            using IStoreCursor cursor = transaction.OpenCursor(table);
            for (bool isThere = cursor.Seek([]); isThere; isThere = cursor.MoveNext())
            {
                bytes += cursor.Key.Length + cursor.Value.Length;
            }
        }

        return bytes;
    }
}
