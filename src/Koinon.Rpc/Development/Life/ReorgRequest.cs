using System.Text.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Life;

/// <summary>What <c>anvil_reorg</c> is asked for.</summary>
/// <param name="Depth">How many blocks are put in the place of as many.</param>
/// <param name="Transactions">What they hold.</param>
public sealed record ReorgRequest(ulong Depth, IReadOnlyList<ReorgTransaction> Transactions)
{
    /// <summary>Reads <c>{depth, tx_block_pairs}</c>, in either spelling, or the depth alone.</summary>
    internal static (ReorgRequest? Value, string? Wrong) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            // Anvil's own form: the depth stands by itself, the pairs are the second parameter.
            (ulong? alone, string? reason) = NumberReader.Number(element);
            return (new ReorgRequest(alone ?? 0, []), reason);
        }

        ObjectReader reader = new(element);
        ulong? depth = reader.UInt64("depth");
        List<ReorgTransaction> transactions = [];
        if (reader.Has("tx_block_pairs", out JsonElement pairs) || reader.Has("txBlockPairs", out pairs))
        {
            (transactions, string? wrong) = ReadPairs(pairs);
            reader.Note("tx_block_pairs", wrong);
        }

        reader.Note("depth", depth is null ? "missing" : null);
        return (new ReorgRequest(depth ?? 0, transactions), reader.Wrong);
    }

    /// <summary>Reads <c>[[transaction, block], ...]</c>.</summary>
    internal static (List<ReorgTransaction> Value, string? Wrong) ReadPairs(JsonElement pairs)
    {
        List<ReorgTransaction> transactions = [];
        if (pairs.ValueKind != JsonValueKind.Array)
        {
            return (transactions, "not an array of pairs");
        }

        foreach (JsonElement pair in pairs.EnumerateArray())
        {
            (ReorgTransaction? transaction, string? wrong) = ReorgTransaction.Read(pair);
            if (wrong is not null)
            {
                return (transactions, wrong);
            }

            transactions.Add(transaction!);
        }

        return (transactions, null);
    }
}
