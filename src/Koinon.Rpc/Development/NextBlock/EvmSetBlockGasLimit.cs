using Koinon.Chain.Building;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.NextBlock;

/// <summary><c>evm_setBlockGasLimit</c>: sets the gas limit of the blocks to come.</summary>
/// <param name="producer">The one writer of the chain.</param>
public sealed class EvmSetBlockGasLimit(BlockProducer producer) : RpcQuery<ulong, bool>
{
    /// <inheritdoc/>
    public override string Name => "evm_setBlockGasLimit";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["anvil_setBlockGasLimit", "hardhat_setBlockGasLimit"];

    /// <inheritdoc/>
    protected override ulong Read(ref ParameterReader reader) => reader.UInt64();

    /// <inheritdoc/>
    protected override RpcResult<bool> Answer(ulong parameters)
    {
        if (parameters == 0)
        {
            return RpcError.Server("Block gas limit must be greater than 0");
        }

        producer.AmendSettings(settings => settings with { GasLimit = parameters });
        return true;
    }
}
