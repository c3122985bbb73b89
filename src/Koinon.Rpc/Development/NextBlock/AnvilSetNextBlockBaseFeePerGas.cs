using Koinon.Chain.Building;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.NextBlock;

/// <summary><c>anvil_setNextBlockBaseFeePerGas</c>: sets the base fee of the next block.</summary>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilSetNextBlockBaseFeePerGas(BlockProducer producer, Manner manner)
    : DevelopmentCommand<UInt256>(manner)
{
    /// <inheritdoc/>
    public override string Name => "anvil_setNextBlockBaseFeePerGas";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_setNextBlockBaseFeePerGas"];

    /// <inheritdoc/>
    protected override UInt256 Read(ref ParameterReader reader) => reader.Required(NumberReader.Word);

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(UInt256 parameters, CancellationToken cancellation)
    {
        producer.AmendNext(next => next with { BaseFeePerGas = parameters });
        return default;
    }
}
