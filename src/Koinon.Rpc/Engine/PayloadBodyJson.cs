using Koinon.Primitives.Blocks;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>The body of a block as a consensus client receives it.</summary>
/// <param name="Transactions">Its transactions, encoded.</param>
/// <param name="Withdrawals">Its withdrawals; <see langword="null"/> where its fork has none.</param>
public sealed record PayloadBodyJson(
    IReadOnlyList<HexData> Transactions, IReadOnlyList<WithdrawalJson>? Withdrawals)
{
    /// <summary>The body of a block.</summary>
    internal static PayloadBodyJson Of(Block block) => new(
        [.. block.Transactions.Select(static one => (HexData)one.Encoded)],
        block.Withdrawals is { } all ? [.. all.Select(WithdrawalJson.Of)] : null);
}
