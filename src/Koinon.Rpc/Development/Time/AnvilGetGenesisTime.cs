using Koinon.Chain.Ledger;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Time;

/// <summary><c>anvil_getGenesisTime</c>: the time of the first block, in seconds.</summary>
/// <param name="ledger">The chain.</param>
public sealed class AnvilGetGenesisTime(Ledger ledger) : RpcQuery<NoParameters, ulong>
{
    /// <inheritdoc/>
    public override string Name => "anvil_getGenesisTime";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_getGenesisTime"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override RpcResult<ulong> Answer(NoParameters parameters) => ledger.GenesisBlock.Header.Timestamp;
}
