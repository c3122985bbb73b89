using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary><c>anvil_mine</c>: builds a number of blocks, with a number of seconds between them.</summary>
/// <param name="miner">Builds blocks.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilMine(Miner miner, Manner manner) : DevelopmentCommand<(ulong? Count, ulong? Interval)>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_mine";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_mine"];

    /// <inheritdoc/>
    protected override (ulong? Count, ulong? Interval) Read(ref ParameterReader reader) =>
        (reader.Optional(NumberReader.Number), reader.Optional(NumberReader.Number));

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (ulong? Count, ulong? Interval) parameters, CancellationToken cancellation)
    {
        // Hardhat's blocks are a second apart where nothing else is said.
        ulong? interval = parameters.Interval ?? (Manner == Manner.Hardhat ? 1ul : null);
        return miner.MineAsync(parameters.Count ?? 1, interval, cancellation);
    }
}
