using Koinon.Chain.Building;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.NextBlock;

/// <summary><c>anvil_setNextBlockPrevRandao</c>: sets the randomness that contracts see in the next block.</summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetNextBlockPrevRandao(BlockProducer producer, Manner manner)
    : DevelopmentCommand<Hash256>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setNextBlockPrevRandao";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases =>
        ["hardhat_setNextBlockPrevRandao", "hardhat_setPrevRandao", "anvil_setPrevRandao"];

    /// <inheritdoc/>
    protected override Hash256 Read(ref ParameterReader reader) => reader.Hash();

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(Hash256 parameters, CancellationToken cancellation)
    {
        producer.AmendNext(next => next with { PrevRandao = parameters });
        return default;
    }
}
