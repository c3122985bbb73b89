using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Mining;

/// <summary><c>evm_mine</c>: builds a block, at a time or for a number of times.</summary>
/// <param name="miner">Builds blocks.</param>
/// <param name="manner">The answer is "0x0" in anvil's manner, "0" in Hardhat's.</param>
public sealed class EvmMine(Miner miner, Manner manner) : RpcMethod<MineRequest?, string>
{
    /// <inheritdoc/>
    public override string Name => "evm_mine";

    /// <inheritdoc/>
    protected override MineRequest? Read(ref ParameterReader reader) => reader.Optional(MineRequest.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<string>> RunAsync(
        MineRequest? parameters, CancellationToken cancellation)
    {
        RpcError? error = await miner.MineAsync(parameters ?? new MineRequest(null), cancellation)
            .ConfigureAwait(false);
        return error is not null ? error : manner == Manner.Hardhat ? "0" : "0x0";
    }
}
