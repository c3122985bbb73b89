using System.Text.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Life;

/// <summary>What <c>anvil_reorg</c> is asked for.</summary>
/// <param name="Depth">How many blocks are put in the place of as many.</param>
/// <param name="Transactions">What they hold.</param>
public sealed record ReorgRequest(ulong Depth, IReadOnlyList<ReorgTransaction> Transactions)
{
    /// <summary>Reads <c>{depth, tx_block_pairs}</c>, in either spelling.</summary>
    internal static (ReorgRequest? Value, string? Wrong) Read(JsonElement element)
    {
        ObjectReader reader = new(element);
        ulong? depth = reader.UInt64("depth");
        List<ReorgTransaction> transactions = [];
        if ((reader.Has("tx_block_pairs", out JsonElement pairs) || reader.Has("txBlockPairs", out pairs))
            && pairs.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement pair in pairs.EnumerateArray())
            {
                (ReorgTransaction? transaction, string? wrong) = ReorgTransaction.Read(pair);
                reader.Note("tx_block_pairs", wrong);
                if (transaction is not null)
                {
                    transactions.Add(transaction);
                }
            }
        }

        reader.Note("depth", depth is null ? "missing" : null);
        return (new ReorgRequest(depth ?? 0, transactions), reader.Wrong);
    }
}
