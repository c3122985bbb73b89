using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Development.Snapshots;

/// <summary><c>evm_snapshot</c>: notes the state of the chain to go back to; answers its id.</summary>
/// <param name="snapshots">The snapshots of the chain.</param>
public sealed class EvmSnapshot(ISnapshots snapshots) : RpcMethod<NoParameters, Quantity>
{
    /// <inheritdoc/>
    public override string Name => "evm_snapshot";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_snapshot", "hardhat_snapshot"];

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<Quantity>> RunAsync(
        NoParameters parameters, CancellationToken cancellation) =>
        (Quantity)await snapshots.TakeAsync(cancellation).ConfigureAwait(false);
}
