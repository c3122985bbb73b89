using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Snapshots;

/// <summary>
/// <c>evm_revert</c>: goes back to a snapshot, which is used up; answers whether there was one of that id.
/// </summary>
/// <param name="snapshots">The snapshots of the chain.</param>
public sealed class EvmRevert(ISnapshots snapshots) : RpcMethod<ulong, bool>
{
    /// <inheritdoc/>
    public override string Name => "evm_revert";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_revert", "hardhat_revert"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<bool>> RunAsync(ulong parameters, CancellationToken cancellation) =>
        await snapshots.RevertAsync(parameters, cancellation).ConfigureAwait(false);
}
